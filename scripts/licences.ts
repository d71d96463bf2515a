import { readFileSync } from "node:fs";
import { isAllowed, shippedPackages } from "./licences/shipped-licences.js";

const shipped = shippedPackages(JSON.parse(readFileSync("package-lock.json", "utf8")));
const refused = shipped.filter(({ licence }) => !isAllowed(licence));
if (process.argv.includes("--list"))
  for (const { name, version, licence } of shipped) console.log(`${name} ${version}  ${licence ?? "none"}`);
for (const { name, version, licence } of refused) {
  console.log(
    `${name} ${version}  licence ${licence ?? "not given"}; replace the package, or allow it in scripts/licences/shipped-licences.ts`,
  );
}
console.log(`licences: ${shipped.length} packages reach users, ${refused.length} under a licence that is not allowed`);
process.exitCode = refused.length === 0 ? 0 : 1;
