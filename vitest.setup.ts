import { configureGlobal } from "fast-check";

// Property tests draw the same cases in every run, so that a red test is a change's doing; PARAMAT_SEED draws others, "random" others each time.
const { PARAMAT_SEED = "20" } = process.env;
if (PARAMAT_SEED !== "random") configureGlobal({ seed: Number(PARAMAT_SEED) });
