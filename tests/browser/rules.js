/** What each of our own rules asks for when it is broken. axe and html-validate say it themselves. */
export const WAYS_OUT = {
  reflow: "let it wrap, or let it scroll inside a region of its own that takes the focus (class scroll)",
  "text-spacing": "no fixed height or width around text: readers may widen lines, words and letters (WCAG 1.4.12)",
  "text-overlap": "move one of the two texts, or leave one out at this width",
  contrast: "a colour of the palette with 4.5 to 1 on what lies under it, in both schemes",
  "chart-contrast": "a colour of the palette with 4.5 to 1 on what lies under it, in both schemes",
  "edge-contrast": "a border of 3 to 1 on the page, in both schemes, or none (WCAG 1.4.11)",
  "reading-order": "the order of the markup is the order of reading, at every width: no order, no reversed row",
  language: "lang on what is in another language than what is around it (WCAG 3.1.2)",
  "table-headers": "a th with scope over its column, or before it in its row",
  hover: "say it in the text: touch and keyboard have no pointer to hover with (WCAG 1.4.13)",
  title: "a title that no other page of the language has (WCAG 2.4.2)",
  navigation: "the same links in the same order on every page (WCAG 3.2.3)",
  "focus-reach": "a link that is shown is one that Tab reaches: no negative tabindex, no link without address",
  "focus-order": "the order of the markup is the order of reading: no positive tabindex",
  "focus-seen": "keep the outline of :focus-visible, 2 px or more, 3 to 1 on the page",
  "focus-covered": "nothing fixed or sticky may lie over what has the focus (WCAG 2.4.11)",
  "skip-link": "the first stop leads to main, shows itself when focused, and moves the focus there",
  request: "a page loads nothing from elsewhere: embed it, or link to it",
  "first-paint": "style, fonts and scripts stand in the page itself",
  console: "a page has nothing to complain of; a complaint about the policy means that it blocked something",
  "without-script": "the text stands in the markup; scripts may only arrange it",
  paper: "print styles may hide only ways to other pages and files",
  link: "a relative address of a file that is published too, and an id that stands in it",
};

/**
 * The whole of html-validate's recommendations, and these otherwise:
 * - long-title: 70 characters are what a search engine shows. Our titles are findings, and are read whole elsewhere.
 * - aria-label-misuse: a list may have a name (ARIA 1.2); the rule would have names on landmarks and fields alone.
 * - valid-id: the standard has an id begin with any sign; those of the documentation are what code hosts make of headings.
 */
export const HTML = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    "long-title": "off",
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    "valid-id": ["error", { relaxed: true }],
  },
};

/**
 * WCAG 2.2 A and AA, what axe holds to be good practice beyond them, and what it has on trial (headings of table cells
 * among it), but for one:
 * - hidden-content: it asks a person to look at what is hidden. What one width hides is shown, and looked at, in another.
 */
export const AXE = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "experimental"],
  rules: { "hidden-content": { enabled: false } },
};

/** Those of them that hang on the colours: in the dark, the others would only say again what they said in the light. */
export const AXE_OF_COLOURS = { ...AXE, runOnly: ["color-contrast", "link-in-text-block", "target-size"] };

/**
 * The same for what notebooks show in Jupyter, but for:
 * - link-in-text-block: how links look is the theme's, which everything else in the window has too.
 * - scrollable-region-focusable: what scrolls is Jupyter's own box, where a frame of pandas is wider than the window.
 */
export const AXE_IN_JUPYTER = {
  ...AXE,
  rules: {
    ...AXE.rules,
    "link-in-text-block": { enabled: false },
    "scrollable-region-focusable": { enabled: false },
  },
};
