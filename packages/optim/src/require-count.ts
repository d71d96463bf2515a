/** @throws RangeError unless value is a whole number ≥ least */
export function requireCount(owner: string, name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${owner}: ${name} is ${value}; it must be a whole number ≥ ${least}`);
}
