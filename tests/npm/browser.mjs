// Which browser the tests use: one that is installed, none is downloaded.
//
//   CHROME_BIN                  its path, else the first of the usual names on the PATH
//   TOUCHSTONE_WITHOUT_BROWSER  leave out what needs one
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const found = NAMES.flatMap((name) => process.env.PATH.split(delimiter).map((dir) => join(dir, name))).find(existsSync);

export const browser = process.env.CHROME_BIN || found;

/** Why tests in a browser are left out, or false. */
export const leftOut = process.env.TOUCHSTONE_WITHOUT_BROWSER
  ? "TOUCHSTONE_WITHOUT_BROWSER is set"
  : !browser && "no Chromium is installed and CHROME_BIN is not set";
