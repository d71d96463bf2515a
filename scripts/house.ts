import { inspect } from "./house/inspect.js";
import { printViolation } from "./house/violation.js";

const { numFiles, violations } = inspect(process.cwd());
for (const violation of violations) console.log(printViolation(violation));
console.log(violations.length === 0 ? `house: ${numFiles} files, in order` : `house: ${numFiles} files, ${violations.length} to mend`);
process.exitCode = violations.length === 0 ? 0 : 1;
