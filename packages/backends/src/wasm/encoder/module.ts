import { joined, text, unsigned } from "./bytes.js";
import { type Code, type Local, type Operand, push, type ValueType } from "./code.js";
import { typeByte } from "./control.js";

/** What a function's body is written with. */
export interface Scope {
  /** A new variable, 0 at the start. */
  readonly local: (type: ValueType) => Local;
}

/** A function of the module: called with its arguments it gives the code of the call. */
export type WasmFunction = (...args: readonly Operand[]) => Code;

/** A WebAssembly module under construction; it uses one memory, imported as `env.memory`. */
export interface WasmModule {
  /**
   * Adds a function.
   * @param body gives the code from its parameters; what it leaves on the stack is the result
   */
  func(params: readonly ValueType[], results: readonly ValueType[], body: (params: readonly Local[], scope: Scope) => Code): WasmFunction;
  /** Adds a function that JavaScript calls by `name`; its parameters are i32. Other functions of the module may call it too. */
  entry(name: string, params: number, body: (params: readonly Local[], scope: Scope) => Code): WasmFunction;
  /** A function of JavaScript, from `f64` to `f64`, imported as `math.<name>`: for rare arguments that no fast formula serves. */
  imported(name: MathImport, numArgs: 1 | 2): WasmFunction;
  /** The binary. */
  encode(memory: MemoryType): Uint8Array<ArrayBuffer>;
}

/** What may be imported: functions of `Math`. */
export type MathImport = "sin" | "cos" | "tan" | "pow" | "exp" | "log";

/** Sizes in pages of 64 KiB. A shared memory needs a maximum. */
export interface MemoryType {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

interface FunctionEntry {
  readonly type: number;
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

export function wasmModule(): WasmModule {
  const types: { readonly key: string; readonly bytes: Code }[] = [];
  const imports: { readonly name: string; readonly type: number }[] = [];
  const functions: FunctionEntry[] = [];
  const exports: { readonly name: string; readonly position: number }[] = [];

  const typeOf = (params: readonly ValueType[], results: readonly ValueType[]): number => {
    const bytes = [0x60, ...vector(params.map((t) => [typeByte(t)])), ...vector(results.map((t) => [typeByte(t)]))];
    const key = bytes.join(",");
    const known = types.findIndex((type) => type.key === key);
    return known >= 0 ? known : types.push({ key, bytes }) - 1;
  };
  const call = (position: () => number, params: readonly ValueType[]): WasmFunction => {
    return (...args) => {
      if (args.length !== params.length)
        throw new Error(`wasm: a call gives ${args.length} arguments; the function takes ${params.length}`);
      const pushed = args.map((arg, i) => push(params[i] === "v128" ? "f32x4" : (params[i] as Exclude<ValueType, "v128">), arg));
      return joined(...pushed, [0x10], unsigned(position()));
    };
  };
  const add: WasmModule["func"] = (params, results, body) => {
    const locals: ValueType[] = [];
    const scope: Scope = { local: (type) => ({ index: params.length + locals.push(type) - 1, type }) };
    const code = body(
      params.map((type, index) => ({ index, type })),
      scope,
    );
    const position = functions.push({ type: typeOf(params, results), locals, body: code }) - 1;
    return call(() => IMPORT_ROOM + position, params);
  };
  return {
    func: add,
    entry(name, params, body) {
      const called = add(new Array<ValueType>(params).fill("i32"), [], body);
      exports.push({ name, position: functions.length - 1 });
      return called;
    },
    imported(name, numArgs) {
      const params = new Array<ValueType>(numArgs).fill("f64");
      const known = imports.findIndex((entry) => entry.name === name);
      const position = known >= 0 ? known : imports.push({ name, type: typeOf(params, ["f64"]) }) - 1;
      if (position >= IMPORT_ROOM) throw new Error(`wasm: more than ${IMPORT_ROOM} imported functions`);
      return call(() => position, params);
    },
    encode({ initial, maximum, shared }) {
      // Function numbers start after the imports, so all the room there is for them is filled.
      const filler = typeOf(["f64"], ["f64"]);
      const padding = Array.from({ length: IMPORT_ROOM - imports.length }, () => ({ name: "exp", type: filler }));
      const memory = [...text("env"), ...text("memory"), 0x02, shared ? 0x03 : 0x01, ...unsigned(initial), ...unsigned(maximum)];
      const bytes = joined(
        [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
        section(1, vector(types.map((type) => type.bytes))),
        section(
          2,
          vector([memory, ...[...imports, ...padding].map(({ name, type }) => [...text("math"), ...text(name), 0x00, ...unsigned(type)])]),
        ),
        section(3, vector(functions.map(({ type }) => unsigned(type)))),
        section(7, vector(exports.map(({ name, position }) => [...text(name), 0x00, ...unsigned(IMPORT_ROOM + position)]))),
        section(10, vector(functions.map(functionBody))),
      );
      return Uint8Array.from(bytes);
    },
  };
}

/** Function numbers below this are imports; a fixed number, so that calls can be written before all imports are known. */
const IMPORT_ROOM = 8;

function section(id: number, content: Code): Code {
  return joined([id], unsigned(content.length), content);
}

function vector(entries: readonly Code[]): Code {
  return joined(unsigned(entries.length), ...entries);
}

function functionBody({ locals, body }: FunctionEntry): Code {
  const runs = locals.map((type) => [1, typeByte(type)]);
  const content = joined(vector(runs), body, [0x0b]);
  return joined(unsigned(content.length), content);
}
