import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "@paramat/data/node";
import { expect, test } from "vitest";

test("follows XDG_CACHE_HOME, then LOCALAPPDATA on Windows, then the home folder", () => {
  const home = join(homedir(), ".cache", "paramat");
  expect(cacheFolder({ XDG_CACHE_HOME: "/x" }, "linux")).toBe(join("/x", "paramat"));
  expect(cacheFolder({ LOCALAPPDATA: "/local" }, "win32")).toBe(join("/local", "paramat"));
  expect(cacheFolder({ LOCALAPPDATA: "/local" }, "linux")).toBe(home);
  expect(cacheFolder({}, "linux")).toBe(home);
});

test("a relative or empty variable counts as not set", () => {
  const home = join(homedir(), ".cache", "paramat");
  expect(cacheFolder({ XDG_CACHE_HOME: "" }, "linux")).toBe(home);
  expect(cacheFolder({ XDG_CACHE_HOME: "cache" }, "linux")).toBe(home);
});
