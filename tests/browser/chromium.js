/** The browser that is on this machine, made quiet: it asks nobody for anything. */

import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const ALONE = [
  "--disable-background-networking",
  "--disable-component-update",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Ends the command with what is wrong, told in a line. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Without its sandbox, which root cannot have: what is opened is our own, and no network can be reached. */
export function launch() {
  const executablePath = [process.env.CHROMIUM ?? PLACES].flat().find(existsSync);
  if (!executablePath) fail("no Chromium here: apt-get install chromium, or give the path of one in CHROMIUM");
  return chromium.launch({ executablePath, chromiumSandbox: false, args: [...QUIET, ...ALONE] });
}
