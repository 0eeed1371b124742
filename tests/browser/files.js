/** What can be known of an edition without opening it: its pages, where their links lead, whether the markup holds. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";

import { HtmlValidate } from "html-validate";

import { HTML } from "./rules.js";

const validator = new HtmlValidate(HTML);

/** Whether a folder holds the site of the documentation. */
export const isSite = (folder) => existsSync(join(folder, ".etat-du-nuage-documentation"));

/** The pages of an edition, the heaviest first: nobody waits for it at the end. */
export function pages(edition) {
  const files = readdirSync(edition, { recursive: true }).filter((name) => name.endsWith(".html"));
  return files.sort((a, b) => statSync(join(edition, b)).size - statSync(join(edition, a)).size);
}

/** What html-validate finds in a page. */
export async function invalid(edition, file) {
  const { results } = await validator.validateFile(join(edition, file));
  return results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, selector, line, column, message, ruleUrl }) => ({
      rule: ruleId,
      node: `${selector ?? "text"} (line ${line}, column ${column})`,
      told: message,
      wayOut: ruleUrl ?? "write it as the HTML standard has it",
    }));
}

const isElsewhere = (address) => /^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith("//");

/** Why an address in a page leads nowhere, or undefined. */
function astray(edition, file, address, ids) {
  const [, path, fragment] = /^([^?#]*)[^#]*(?:#(.*))?$/.exec(address);
  const target = path ? posix.normalize(posix.join(posix.dirname(file), decodeURIComponent(path))) : file;
  if (target.startsWith("..") || path.startsWith("/")) return "leaves the edition";
  if (!existsSync(join(edition, target))) return "there is no such file";
  if (statSync(join(edition, target)).isDirectory()) return "is a folder, which a file system does not open as a page";
  const isAnchor = fragment && target.endsWith(".html");
  return isAnchor && !ids.get(target)?.has(decodeURIComponent(fragment)) ? "there is no such id in it" : undefined;
}

/**
 * The relative addresses of a page that lead nowhere.
 * @param {string} edition its folder
 * @param {string} file the page
 * @param {{node: string, address: string}[]} addresses all that the page holds
 * @param {Map<string, Set<string>>} ids those of each page
 */
export function brokenLinks(edition, file, addresses, ids) {
  return addresses
    .filter(({ address }) => !isElsewhere(address))
    .map(({ node, address }) => ({ node, address, why: astray(edition, file, address, ids) }))
    .filter(({ why }) => why)
    .map(({ node, address, why }) => ({ rule: "link", node, told: `${address}: ${why}` }));
}
