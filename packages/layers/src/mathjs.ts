export { toSparse } from "./structure/to-sparse.js";
