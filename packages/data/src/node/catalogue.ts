import type { Split } from "../dataset.js";
import { fromIdx } from "../from-idx.js";
import { gunzip } from "../gunzip.js";
import { readIdx } from "../read-idx.js";
import { readOptdigits } from "../read-optdigits.js";
import { takeFirst } from "../take-first.js";

/** A file of a published data set, known by its hash. */
export interface SourceFile {
  /** Folder and name, as they lie in PARAMAT_DATA and in the cache: `mnist/train-labels-idx1-ubyte.gz`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A published data set: its files, where they are offered, and how a split is read from the bytes of its files. */
export interface Source {
  readonly shape: readonly number[];
  readonly classes: readonly string[];
  /** Addresses to which a file's name is appended, tried in turn. */
  readonly mirrors: readonly string[];
  readonly train: readonly SourceFile[];
  readonly test: readonly SourceFile[];
  read(files: readonly SourceFile[], contents: readonly Uint8Array[], limit: number | undefined): Promise<Split>;
}

export type SourceName = "mnist" | "fashion-mnist" | "optdigits";

const digitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/**
 * MNIST (LeCun, Cortes, Burges), Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017; MIT),
 * optdigits (Alpaydin, Kaynak, 1998; UCI 80, CC BY 4.0).
 */
export const catalogue: Readonly<Record<SourceName, Source>> = {
  mnist: {
    shape: [28, 28, 1],
    classes: digitNames,
    mirrors: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
    train: [
      {
        path: "mnist/train-images-idx3-ubyte.gz",
        bytes: 9912422,
        sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      },
      {
        path: "mnist/train-labels-idx1-ubyte.gz",
        bytes: 28881,
        sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      },
    ],
    test: [
      {
        path: "mnist/t10k-images-idx3-ubyte.gz",
        bytes: 1648877,
        sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      },
      { path: "mnist/t10k-labels-idx1-ubyte.gz", bytes: 4542, sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6" },
    ],
    read: readIdxPair,
  },
  "fashion-mnist": {
    shape: [28, 28, 1],
    classes: ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    mirrors: [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    ],
    train: [
      {
        path: "fashion-mnist/train-images-idx3-ubyte.gz",
        bytes: 26421880,
        sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      },
      {
        path: "fashion-mnist/train-labels-idx1-ubyte.gz",
        bytes: 29515,
        sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      },
    ],
    test: [
      {
        path: "fashion-mnist/t10k-images-idx3-ubyte.gz",
        bytes: 4422102,
        sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      },
      {
        path: "fashion-mnist/t10k-labels-idx1-ubyte.gz",
        bytes: 5148,
        sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      },
    ],
    read: readIdxPair,
  },
  optdigits: {
    shape: [8, 8, 1],
    classes: digitNames,
    mirrors: ["https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/"],
    train: [{ path: "optdigits/optdigits.tra", bytes: 563639, sha256: "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd" }],
    test: [{ path: "optdigits/optdigits.tes", bytes: 264712, sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8" }],
    async read(files, contents, limit) {
      const split = readOptdigits(new TextDecoder().decode(contents[0]), files[0]!.path);
      return takeFirst(split, limit ?? split.size);
    },
  },
};

async function readIdxPair(files: readonly SourceFile[], contents: readonly Uint8Array[], limit: number | undefined): Promise<Split> {
  const [images, labels] = await Promise.all(files.map(async ({ path }, i) => readIdx(await gunzip(contents[i]!, path), path)));
  return fromIdx(images!, labels!, 10, limit);
}
