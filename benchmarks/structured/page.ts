export const structurePage = (..._a: unknown[]): string => "";
