/** Faults put into copies of one page: a check that does not see its own fault is no check. */

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

import { isSite } from "./files.js";

const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>\s*/;
const LONG = `<p id="planted">${"some words ".repeat(90)}</p>`;

const inMain = (markup) => (html) => html.replace("</main>", `${markup}</main>`);
const changed = (old, markup) => (html) => html.replace(old, markup);
const link = (attributes) => inMain(`<p><a ${attributes}>a link</a></p>`);
const picture = (attributes) => inMain(`<p><img ${attributes}></p>`);
/** The page's own policy would stop another style or script, and that would be another fault. */
const free = (plant) => (html) => plant(html.replace(POLICY, ""));
const styled = (style, markup = "") => free((html) => inMain(markup)(html.replace("</style>", `${style}</style>`)));

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const IN_THE_DARK = "@media (prefers-color-scheme: dark) { main p { color: #444 } }";
const ENGLISH = "<p>This is a text that nobody has said to be in the language of the page around it.</p>";
const TABLE = '<tr><th scope="col">a heading</th><td></td></tr></thead><tbody><tr><td>one</td><td>two</td></tr>';
const EDGE = '<p><label>a field <input id="planted"></label></p>';
const ROW = '<p id="planted"><b>one</b><b>two</b></p>';
const TITLE = /<title>.*<\/title>/;
const FIRST_LINKS = /(<nav .*\s*<ul>)\s*(<li>.*<\/li>)\s*(<li>.*<\/li>)/;
const CRAMPED = "#planted button { min-width: 0; min-height: 0; width: 9px; height: 9px; padding: 0; overflow: hidden }";
const BUTTONS = ["one", "two"].map((name) => `<button type="button">${name}</button>`).join("");
/** Two buttons that are large but in one scheme at one width. */
const cramped = (scheme, width) =>
  styled(
    `#planted button { min-width: 44px; min-height: 44px }
     @media (prefers-color-scheme: ${scheme}) and (${width}) { ${CRAMPED} }`,
    `<p id="planted">${BUTTONS}</p>`,
  );
const WIDE = "width: 2000px; max-width: none";
const DRAWN = '<text y="15" font-size="12" fill="#aaaaaa">19</text>';
const BY_SCRIPT = '<p id="planted"></p><script>document.getElementById("planted").textContent = "a text"</script>';
const BUTTON = '<a href="#"><button type="button">a button</button></a>';
const ASTRAY = '<p id="astray" tabindex="-1">not the main content</p></body>';
const LID = "#planted { position: fixed; top: 0; left: 0; width: 100%; height: 90vh; background: #fff; color: #000 }";

/** The part of a visit that must find a rule; all others are found as soon as the page is read. */
const PART_OF = new Map([
  ...["image-alt", "svg-img-alt", "heading-order", "target-size"].map((rule) => [rule, "looks"]),
  ...["color-contrast", "chart-contrast", "edge-contrast"].map((rule) => [rule, "looks"]),
  ...["reflow", "text-spacing", "text-overlap", "reading-order"].map((rule) => [rule, "looks"]),
  ...["focus-reach", "focus-order", "focus-seen", "focus-covered", "skip-link"].map((rule) => [rule, "keyboard"]),
  ["paper", "paper"],
  ["without-script", "scripts"],
]);

/** What is planted, the rule that must tell it, how it is planted, and the one condition it shows under, if any. */
const FAULTS = [
  ["a picture without a text", "image-alt", picture(`src="${PIXEL}"`)],
  ["a drawing without a name", "svg-img-alt", inMain('<svg role="img"><path d="M0 0h9"/></svg>')],
  ["faint text", "color-contrast", styled("main p { color: #999 }")],
  ["faint text in the dark", "color-contrast", styled(IN_THE_DARK)],
  ["faint text in a drawing", "chart-contrast", inMain(`<svg role="img" aria-label="a drawing">${DRAWN}</svg>`)],
  ["a field with a faint edge", "edge-contrast", styled("#planted { border: 1px solid #ccc }", EDGE)],
  ["a heading two levels down", "heading-order", inMain("<h5>a heading</h5>")],
  ["small buttons on a phone", "target-size", cramped("light", "max-width: 320px"), ["light", "320 px"]],
  ["small buttons in the dark", "target-size", cramped("dark", "min-width: 1280px"), ["dark", "1280 px"]],
  ["a row from right to left", "reading-order", styled("#planted { display: flex; flex-flow: row-reverse }", ROW)],
  ["English in a French page", "language", inMain(ENGLISH)],
  ["a column without a heading", "table-headers", inMain(`<table><thead>${TABLE}</tbody></table>`)],
  ["a text for pointers", "hover", inMain('<p title="more">a text</p>')],
  ["a style for pointers", "hover", styled("main p:hover::after { content: 'more' }")],
  ["the title of another page", "title", (html, other) => html.replace(TITLE, other.match(TITLE)[0])],
  ["links in another order", "navigation", changed(FIRST_LINKS, "$1$3$2")],
  ["a box of one width", "reflow", styled(`#planted { ${WIDE} }`, LONG)],
  ["a box fixed to the window", "reflow", styled(`#planted { position: fixed; top: 0; ${WIDE} }`, LONG)],
  [
    "a box of one height",
    "text-spacing",
    styled("#planted { height: 1.5em; width: 9em; overflow: hidden }", '<p id="planted">a few short words</p>'),
  ],
  ["a text on another", "text-overlap", styled("#planted { margin-top: -2.4em }", '<p>one</p><p id="planted">two</p>')],
  ["an anchor that is not there", "link", link('href="#nowhere"')],
  ["a file that is not there", "link", link('href="nowhere.html"')],
  ["a picture from elsewhere", "request", free(picture('alt="a" src="https://example.org/a.png"'))],
  ["what the policy stops", "console", picture('alt="a" src="https://example.org/a.png"')],
  ["a style sheet of its own", "first-paint", free(changed("</head>", '<link rel="stylesheet" href="?a"></head>'))],
  ["a list in a paragraph", "no-implicit-close", inMain("<p>a list<ul><li>in it</li></ul>")],
  ["a field in a link", "element-permitted-content", inMain(BUTTON)],
  ["a link that Tab leaves out", "focus-reach", link('href="#" tabindex="-1"')],
  ["a link that Tab takes first", "focus-order", link('href="#" tabindex="1"')],
  ["a focus that is not shown", "focus-seen", styled(":focus-visible { outline: 0 }")],
  ["a lid on the page", "focus-covered", styled(LID, '<p id="planted">a lid</p>')],
  ["a link before the skip link", "skip-link", changed("<body>", '<body><p><a href="#">a link</a></p>')],
  [
    "a skip link that leads astray",
    "skip-link",
    (html) => changed("</body>", ASTRAY)(changed('href="#content"', 'href="#astray"')(html)),
  ],
  ["a text that a script writes", "without-script", free(inMain(BY_SCRIPT))],
  ["a text that is not printed", "paper", styled("@media print { main h1 { display: none } }")],
  ["a text wider than paper", "paper", styled(`@media print { #planted { ${WIDE} } }`, LONG)],
];

/** The lightest two French pages that have a skip link: a fault shows there as anywhere, and soonest. */
function lightest(folder, files) {
  const texts = files.map((name) => ({ name, html: readFileSync(join(folder, name), "utf8") }));
  const isFit = ({ html }) => html.includes('<html lang="fr"') && html.includes('href="#content"');
  return texts.filter(isFit).sort((a, b) => a.html.length - b.html.length);
}

/** All for an edition. For the site, which is looked at in the same way, one for each part of a visit. */
function chosen(folder) {
  const part = ([, rule]) => PART_OF.get(rule);
  const isFirst = (fault, place) => FAULTS.findIndex((other) => part(other) === part(fault)) === place;
  return isSite(folder) ? FAULTS.filter(isFirst) : FAULTS;
}

/**
 * A copy of a folder with one page more for each fault, which stands for the page that it was put into.
 * @param {string} original the folder
 * @param {string[]} files its pages
 * @returns {{folder: string, faults: {file: string, standsFor: string, told: string, rule: string, parts: string[]}[]}}
 */
export function plant(original, files) {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  cpSync(original, folder, { recursive: true });
  const [base, other] = lightest(original, files);
  const faults = chosen(original).map(([told, rule, fault, only], place) => {
    const file = posix.join(posix.dirname(base.name), `planted_${place + 1}.html`);
    const html = fault(base.html, other.html);
    if (html === base.html) throw new Error(`${told}: nothing was planted in ${base.name}`);
    writeFileSync(join(folder, file), html);
    return { file, standsFor: base.name, told, rule, only, parts: [PART_OF.get(rule)].filter(Boolean) };
  });
  return { folder, faults };
}
