/** A function of a compiled module; its parameters are i32. */
export type KernelFunction = (...args: number[]) => void;

/** f(args[0], …, args[count − 1]), written out for the usual counts: spreading a typed array takes ten times as long. */
export function callExport(f: KernelFunction, a: Int32Array, count: number): void {
  switch (count) {
    case 6:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!);
      break;
    case 7:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!);
      break;
    case 8:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!);
      break;
    case 9:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!, a[8]!);
      break;
    case 10:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!, a[8]!, a[9]!);
      break;
    case 11:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!, a[8]!, a[9]!, a[10]!);
      break;
    case 12:
      f(a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!, a[8]!, a[9]!, a[10]!, a[11]!);
      break;
    default:
      f(...a.subarray(0, count));
  }
}
