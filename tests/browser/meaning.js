// Runs inside a page, after probe.js: what listeners, and readers who see a part at a time, are told of its content.
(() => {
  const { finding, shortened, textNodes, isShown } = globalThis.probe;

  /** Words that one of our languages has at every turn, and the other has not. */
  const COMMON = {
    fr: "le la les des du et est une dans pour par sur au aux qui que ne pas ce cette il elle leur ou avec".split(" "),
    en: "the of and in is to for with by that this it its not are was were from as at be has have which".split(" "),
  };

  /** The language that a text shows itself to be in, or undefined: a short one, or names, may be in any. */
  function spoken(text) {
    const words = text.toLowerCase().match(/(?<![\p{L}/.-])\p{L}+(?![\p{L}/-])/gu) ?? []; // not those of paths and names
    const count = (lang) => words.filter((word) => COMMON[lang].includes(word)).length;
    const [fr, en] = [count("fr"), count("en")];
    if (Math.max(fr, en) < 3 || Math.min(fr, en) * 3 > Math.max(fr, en)) return undefined;
    return fr > en ? "fr" : "en";
  }

  /** Texts in another language than the markup says (WCAG 3.1.2), names for listeners among them; code is in none. */
  function misspoken(rule) {
    const isCode = (text) => text.parentElement.closest("code[class]");
    const texts = [...textNodes()].filter((text) => !isCode(text)).map((text) => [text.parentElement, text.data]);
    const named = [...document.querySelectorAll("[aria-label], [alt]")].flatMap((element) =>
      ["aria-label", "alt"].map((name) => [element, element.getAttribute(name) ?? ""]),
    );
    return [...texts, ...named].flatMap(([element, text]) => {
      const [told, heard] = [element.closest("[lang]")?.lang, spoken(text)];
      return heard && heard !== told ? [finding(rule, element, `“${shortened(text)}” is read out as ${told}`)] : [];
    });
  }

  /** Which heading cells stand over each column, spans counted. */
  function columns(table) {
    const headers = [...(table.tHead?.rows ?? [])].flatMap((row) => [...row.cells]);
    const isNamed = (cell) => cell.matches("th[scope=col]") && cell.textContent.trim() !== "";
    return headers.flatMap((cell) => Array(cell.colSpan).fill(isNamed(cell)));
  }

  /** Cells of tables with nothing to say what they are about: neither their column's heading nor their row's. */
  function unheaded(rule) {
    const without = (row, over) => {
      if (row.querySelector("th[scope=row]")) return [];
      return [...row.cells].filter((cell) => cell.textContent.trim() && !over[cell.cellIndex]);
    };
    return [...document.querySelectorAll("table")].flatMap((table) => {
      const cells = [...table.tBodies].flatMap((body) => [...body.rows]).flatMap((row) => without(row, columns(table)));
      return cells.map((cell) => finding(rule, cell, `“${shortened(cell.textContent)}” has no heading`));
    });
  }

  /** What a pointer alone brings out (WCAG 1.4.13): bubbles of `title`, and styles that show more when hovered. */
  function hovered(rule) {
    const bubbles = [...document.querySelectorAll("body [title]:not(iframe)")];
    const shows = ["display", "visibility", "opacity", "content", "clip", "clip-path", "height", "max-height"];
    const styles = [...document.styleSheets].filter(({ href }) => !href).flatMap((sheet) => [...sheet.cssRules]);
    const nested = styles.flatMap((style) => [style, ...(style.cssRules ?? [])]);
    const isHovered = ({ selectorText }) => selectorText?.includes(":hover");
    const bad = nested.filter((each) => isHovered(each) && shows.some((name) => each.style[name]));
    return [
      ...bubbles.map((element) => finding(rule, element, `“${element.title}” is for pointers only`)),
      ...bad.map((style) => finding(rule, document.documentElement, `${style.selectorText} shows more when hovered`)),
    ];
  }

  /** Neighbours in the markup that the eye meets the other way round (WCAG 1.3.2); drawings are one picture. */
  function misplaced(rule) {
    const found = [];
    for (const second of document.querySelectorAll("body *:not(svg *)")) {
      const first = second.previousElementSibling;
      if (!first || !isShown(first) || !isShown(second)) continue;
      const [one, two] = [first.getBoundingClientRect(), second.getBoundingClientRect()];
      if (!one.width || !two.width || one.right <= 0 || two.right <= 0) continue; // empty, or parked out of sight
      const shared = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      const isBeside = shared > Math.min(one.height, two.height) / 2;
      if (two.bottom <= one.top + 1 || (isBeside && two.right <= one.left + 1)) {
        found.push(finding(rule, second, `“${shortened(second.textContent)}” stands before what it follows`));
      }
    }
    return found;
  }

  /** Each list of links to other pages, by its name, for pages to be compared. */
  const navigation = () =>
    [...document.querySelectorAll("nav[aria-label]")].map((nav) => ({
      name: nav.getAttribute("aria-label"),
      places: [...nav.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    }));

  Object.assign(globalThis.probe, { misspoken, unheaded, hovered, misplaced, navigation, title: () => document.title });
})();
