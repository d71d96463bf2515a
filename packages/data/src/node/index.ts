export { cacheFolder } from "./cache-folder.js";
export { type DatasetName, type LoadDatasetOptions, loadDataset } from "./load-dataset.js";
