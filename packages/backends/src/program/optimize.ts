import type { Backend } from "../backend.js";
import { callKeys } from "./call-key.js";
import type { Graph } from "./graph.js";
import { withCommonSubexpressions } from "./passes/common-subexpressions.js";
import { withFoldedConstants } from "./passes/constant-folding.js";
import { withConstantsInFormulas } from "./passes/constants-in-formulas.js";
import { withCroppedTransposes } from "./passes/cropped-transposes.js";
import { withoutDeadCode } from "./passes/dead-code.js";
import { withForwardedViews } from "./passes/forwarded-views.js";
import { withFusedMaps } from "./passes/fused-maps.js";
import { withFusedReductions } from "./passes/fused-reductions.js";
import { withGathersBeforeMaps } from "./passes/gathers-before-maps.js";
import { withJoinedPlaces } from "./passes/joined-places.js";
import { withKnownBorders } from "./passes/known-borders.js";
import { withMapsBeforeScatters } from "./passes/maps-before-scatters.js";
import { withReducedScatters } from "./passes/reduced-scatters.js";

/** Each round can open the way for the next; programs settle in three or four. */
const maxRounds = 8;

/** The same results from fewer kernels, for `target`. */
export function optimize(graph: Graph, target: Backend): Graph {
  const absorbers = { reductions: target.fused !== undefined };
  let current = withoutDeadCode(graph);
  let before = "";
  for (let round = 0; round < maxRounds; round++) {
    current = withCommonSubexpressions(withConstantsInFormulas(current, target.precision));
    current = withoutDeadCode(withFoldedConstants(current, target));
    current = withoutDeadCode(withJoinedPlaces(withForwardedViews(current)));
    current = withoutDeadCode(withFusedMaps(current, absorbers));
    current = withoutDeadCode(withCommonSubexpressions(withReducedScatters(withMapsBeforeScatters(current))));
    current = withoutDeadCode(withCommonSubexpressions(withGathersBeforeMaps(current, absorbers)));
    current = withoutDeadCode(withFusedReductions(current, absorbers));
    current = withCroppedTransposes(current);
    const now = signature(current);
    if (now === before) break;
    before = now;
  }
  return withKnownBorders(current);
}

/** What tells two rounds apart. */
function signature(graph: Graph): string {
  const keyOf = callKeys();
  return graph.nodes.map((node) => (node.kind === "call" ? keyOf(node.call) : node.kind)).join("\n");
}
