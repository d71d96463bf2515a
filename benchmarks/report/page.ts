import type { Results, Timing } from "./table.js";

/** docs/benchmarks.md: one row for each workload, one column for each peer, medians and best times. */
export function benchmarkPage(results: Results, works: Readonly<Record<string, { readonly title: string }>>): string {
  const { machine, date, versions } = results;
  const names = Object.keys(versions);
  const cell = (timing: Timing | undefined): string => (timing ? `${show(timing.median)} / ${show(timing.best)}` : "–");
  const rows = Object.entries(results.works).map(
    ([work, timings]) => `| ${work} | ${names.map((name) => cell(timings[name])).join(" | ")} |`,
  );
  return `# Benchmarks

Written by \`npm run bench -- --doc\` on ${date}: ${machine}. Every peer computes the same numbers; their results are compared before anything is timed.
Times are medians / best of interleaved runs, in milliseconds (one run where it takes seconds); – where a peer has no way to do the work. Absolute times drift with the machine: read the ratios.

| | ${names.join(" | ")} |
|---|${names.map(() => "---").join("|")}|
${rows.join("\n")}

${Object.keys(results.works)
  .map((work) => `- **${work}**: ${works[work]?.title ?? ""}`)
  .join("\n")}

Versions: ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}.
`;
}

function show(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3);
}
