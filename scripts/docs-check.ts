import { join } from "node:path";
import { checkDocs } from "./docs/check-docs.js";

const root = process.cwd();
const { numBlocks, failures } = await checkDocs(root, { only: process.argv.slice(2), folder: join(root, ".paramat-cache/docs-check") });
for (const { file, line, message } of failures) console.log(`${file}:${line}  ${message}`);
console.log(failures.length === 0 ? `docs: ${numBlocks} blocks hold` : `docs: ${numBlocks} blocks, ${failures.length} to mend`);
process.exitCode = failures.length === 0 ? 0 : 1;
