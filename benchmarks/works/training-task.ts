import type { Backend, Program } from "@paramat/backends";
import {
  activation,
  compile,
  conv,
  dense,
  maxPooling,
  type NetworkParams,
  ndarray,
  network,
  relu,
  type Shape,
  sgd,
  softmaxCrossEntropy,
  type Value,
  valueAndGrad,
} from "paramat";
import { initial, numbers, parameters, targets } from "./numbers.mjs";
import { turned } from "./turned.js";

export interface TrainingTask {
  /** Records and compiles the step, without running it. */
  compile(): void;
  /** One step from where the last one ended. @returns the loss */
  step(): number;
  /** The same without waiting for it: the loss stays on the backend. */
  advance(): Value;
  /** The parameters and the optimizer's state that the next step starts from. */
  state(): unknown;
  /** From the beginning again. */
  restart(): void;
  program(): Program;
}

/** W6 as a user writes it: loss, gradient and update of SGD with momentum, compiled in one. */
export function trainingTask(backend: Backend, { examples = 64, learningRate = 0.01, momentum = 0.9 } = {}): TrainingTask {
  const array = (values: ArrayLike<number>, shape: Shape): Value => ndarray(backend, values, shape);
  const net = network(
    [
      conv({ channels: 16, kernel: 5 }),
      activation(relu),
      maxPooling({ window: 2 }),
      conv({ channels: 32, kernel: 5 }),
      activation(relu),
      maxPooling({ window: 2 }),
      dense(10),
    ],
    { inShape: [28, 28, 1] },
  );
  const optimizer = sgd({ learningRate, momentum });
  const images = array(numbers(examples * 784, 1), [examples, 28, 28, 1]);
  const classes = array(targets(examples), [examples, 10]);
  const update = compile(
    (params: NetworkParams, state: ReturnType<typeof optimizer.init>, x: Value, c: Value) => {
      const { value, gradient } = valueAndGrad((p: NetworkParams) => softmaxCrossEntropy(net.forward(p, x, { training: true }), c))(params);
      return { value, ...optimizer.step(params, gradient, state) };
    },
    { carry: true },
  );
  const start = () => {
    const params = initialParams(array);
    return { params, state: optimizer.init(params) };
  };
  let at = start();
  const advance = (): Value => {
    const { value, params, state } = update(at.params, at.state, images, classes);
    at = { params, state };
    return value;
  };
  return {
    compile: () => void update.programFor(at.params, at.state, images, classes),
    step: () => advance().item(),
    advance,
    state: () => at,
    restart() {
      at = start();
    },
    program: () => update.programs[0] as Program,
  };
}

/** The workload's parameters in the network's tree; its dense matrix has a row for each class. */
function initialParams(array: (values: ArrayLike<number>, shape: Shape) => Value): NetworkParams {
  const { conv1, bias1, conv2, bias2, dense: classifier, bias3 } = parameters;
  const columns = initial(classifier);
  const rows = Float32Array.from(columns, (_, i) => columns[(i % 1568) * 10 + Math.floor(i / 1568)] as number);
  return {
    conv1: { theta: array(turned(initial(conv1), conv1.shape), conv1.shape), bias: array(initial(bias1), bias1.shape) },
    conv2: { theta: array(turned(initial(conv2), conv2.shape), conv2.shape), bias: array(initial(bias2), bias2.shape) },
    dense1: { theta: array(rows, [10, 1568]), bias: array(initial(bias3), bias3.shape) },
  };
}
