import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundedCache } from "../../src/buffers/bounded-cache.js";

test("what was used among the latest half stays, and there is never more than the bound", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(15), { maxLength: 100 }), (keys) => {
      const cache = boundedCache<number>(8);
      keys.forEach((key, i) => {
        const latest = new Set<number>();
        for (let j = i - 1; j >= 0 && latest.size < 4; j--) latest.add(keys[j]!);
        const found = cache.get(String(key));
        if (latest.has(key)) expect(found).toBe(key);
        if (found === undefined) cache.set(String(key), key);
        else expect(found).toBe(key);
        expect(cache.size).toBeLessThanOrEqual(8);
      });
    }),
  );
});
