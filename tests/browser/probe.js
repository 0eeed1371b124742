// Runs inside a page: what can only be known once it is laid out. Each function gives plain findings or plain values.
(() => {
  /** Content that is seen: text, pictures, fields. An empty box that sticks out loses nobody anything. */
  const PICTURES = "img, svg, canvas, video, object, iframe, input, button, select, textarea";
  const INTERACTIVE = "a[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls]";
  /** Half a CSS pixel: browsers round the edges of boxes. */
  const ROUNDING = 0.5;

  /** A path that leads to one node, from the nearest id. */
  function selector(node) {
    const steps = [];
    for (let at = node; at && at !== document.documentElement; at = at.parentElement) {
      if (at.id) return [`#${CSS.escape(at.id)}`, ...steps].join(" > ");
      const alike = [...(at.parentElement?.children ?? [])].filter((other) => other.localName === at.localName);
      steps.unshift(alike.length > 1 ? `${at.localName}:nth-of-type(${alike.indexOf(at) + 1})` : at.localName);
    }
    return steps.join(" > ") || "html";
  }

  const finding = (rule, node, told) => ({ rule, node: selector(node), told });
  const shortened = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true });

  /** Text that is there for listeners only is cut to a point, on purpose. */
  const isForListeners = (style) => style.clip !== "auto" || style.clipPath !== "none";

  function* textNodes() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const holder = text.parentElement;
      if (text.data.trim() && !holder.closest("script, style, noscript, template, title, desc")) yield text;
    }
  }

  function boxes(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  }

  /** Every box of content that is shown: `{ element, holder, told, box }`, the holder being what may cut it off. */
  function* content() {
    for (const text of textNodes()) {
      const element = text.parentElement;
      if (!isShown(element)) continue;
      for (const box of boxes(text)) yield { element, holder: element, told: shortened(text.data), box };
    }
    for (const element of document.querySelectorAll(PICTURES)) {
      const box = element.getBoundingClientRect();
      const holder = element.parentElement;
      if (isShown(element) && box.width > 1) yield { element, holder, told: `<${element.localName}>`, box };
    }
  }

  const beyond = (box, left, right) => box.left < left - ROUNDING || box.right > right + ROUNDING;

  /** Why a box cannot be seen whole however one scrolls up and down, or undefined. */
  function loss(holder, box) {
    for (let at = holder; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (isForListeners(style)) return undefined;
      if (style.display === "inline" || style.overflowX === "visible") continue;
      if (style.overflowX !== "hidden" && style.overflowX !== "clip") return undefined; // it scrolls by itself
      const edge = at.getBoundingClientRect();
      if (beyond(box, edge.left, edge.right)) return `is cut off by ${selector(at)}`;
      if (box.top < edge.top - box.height / 4 || box.bottom > edge.bottom + box.height / 4) {
        return `is cut off by ${selector(at)}`;
      }
    }
    const width = document.documentElement.clientWidth;
    const isParked = box.right <= 0 && holder.closest("a[href^='#']"); // a skip link, until it has the focus
    return beyond(box, 0, width) && !isParked ? `reaches from ${box.left} to ${box.right} px of ${width}` : undefined;
  }

  /** Content cut off or beyond the window, and a page that scrolls sideways. */
  function lost(rule) {
    scrollTo(0, 0);
    const found = [];
    for (const { element, holder, told, box } of content()) {
      const why = loss(holder, box);
      if (why) found.push(finding(rule, element, `“${told}” ${why}`));
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      found.push(finding(rule, document.documentElement, `the page is ${scrollWidth} px wide in ${clientWidth} px`));
    }
    return found;
  }

  /** Texts that stand on each other by more than a quarter of a line; lines of one text may be close. */
  function overlaps(rule) {
    const lines = [...content()].filter(({ told }) => !told.startsWith("<")).sort((a, b) => a.box.top - b.box.top);
    const found = [];
    lines.forEach((upper, place) => {
      for (let next = place + 1; next < lines.length && lines[next].box.top < upper.box.bottom; next += 1) {
        const lower = lines[next];
        const across = Math.min(upper.box.right, lower.box.right) - Math.max(upper.box.left, lower.box.left);
        const down = Math.min(upper.box.bottom, lower.box.bottom) - lower.box.top;
        const isClose = across > 1 && down > Math.min(upper.box.height, lower.box.height) / 4;
        if (isClose && upper.element !== lower.element) {
          found.push(finding(rule, lower.element, `“${lower.told}” stands on “${upper.told}”`));
        }
      }
    });
    return found;
  }

  /** The least a page must bear (WCAG 1.4.12). Drawings are left alone: their numbers stand beside them as text. */
  function spaceText() {
    const sheet = new CSSStyleSheet();
    const each = "*:not(svg, svg *)";
    sheet.replaceSync(
      `${each} { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
       svg text { letter-spacing: 0; word-spacing: 0 } p { margin-bottom: 2em !important }`,
    );
    document.adoptedStyleSheets = [sheet];
  }

  const unspaceText = () => (document.adoptedStyleSheets = []);

  // Colours: axe does not judge text in drawings, so this does, as WCAG computes it.

  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  /** Any CSS colour as [red, green, blue, alpha], each up to 1. */
  function colour(css) {
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = css;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  }

  const over = (above, below) =>
    [0, 1, 2].map((part) => above[part] * above[3] + below[part] * (1 - above[3])).concat(1);
  const CANVAS = over(colour("Canvas"), [1, 1, 1, 1]);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** What an element paints as a surface; a pattern or a gradient is not one colour, and let through. */
  function surface(element) {
    const style = getComputedStyle(element);
    const isShape = element instanceof SVGGeometryElement;
    const css = isShape ? style.fill : style.backgroundColor;
    if (css === "none" || css.startsWith("url(")) return [0, 0, 0, 0];
    const painted = colour(css);
    return [...painted.slice(0, 3), painted[3] * style.opacity * (isShape ? style.fillOpacity : 1)];
  }

  /** The colour under a point, as if the element were not there, nor the texts of drawings. */
  function ground(x, y, element) {
    const isUnder = (layer) => !element.contains(layer) && !layer.closest("text");
    const layers = document.elementsFromPoint(x, y).filter(isUnder);
    // The body's colour spreads over the whole window, also where the body is not.
    return [...layers, document.body].reverse().reduce((below, layer) => over(surface(layer), below), CANVAS);
  }

  /** The least contrast of a text, at both its ends and in the middle. */
  function contrast(text) {
    const style = getComputedStyle(text);
    const isDrawn = text instanceof SVGElement;
    const own = isDrawn ? [0, 0, 0, 0] : surface(text);
    const ink = colour(isDrawn ? style.fill : style.color);
    ink[3] *= style.opacity * (isDrawn ? style.fillOpacity : 1);
    const box = text.getBoundingClientRect();
    const places = [box.left + 1, box.left + box.width / 2, box.right - 1];
    const grounds = places.map((x) => over(own, ground(x, box.top + box.height / 2, text)));
    return Math.min(...grounds.map((below) => ratio(over(ink, below), below)));
  }

  function neededContrast(text) {
    const style = getComputedStyle(text);
    const size = parseFloat(style.fontSize) * (text instanceof SVGElement ? (text.getScreenCTM()?.a ?? 1) : 1);
    return size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
  }

  /** The texts among the elements that are too faint on what lies under them. */
  function faint(rule, texts) {
    const found = [];
    for (const text of texts) {
      if (!isShown(text) || !text.textContent.trim()) continue;
      text.scrollIntoView({ block: "center", inline: "center" });
      const [reached, needed] = [contrast(text), neededContrast(text)];
      if (reached >= needed) continue;
      const told = `“${shortened(text.textContent)}”: ${reached.toFixed(2)} to 1, ${needed} needed`;
      found.push(finding(rule, text, told));
    }
    scrollTo(0, 0);
    return found;
  }

  const drawnTexts = () => document.querySelectorAll("svg text");

  /** Fields and buttons whose edge cannot be told from the page (WCAG 1.4.11); those without one are told by their text. */
  function faintEdges(rule) {
    const found = [];
    for (const field of document.querySelectorAll("input, select, textarea, button")) {
      const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(field);
      if (!isShown(field) || borderTopStyle === "none" || !parseFloat(borderTopWidth)) continue;
      const { x, y } = field.getBoundingClientRect();
      const below = ground(x, y, field);
      const reached = ratio(over(colour(borderTopColor), below), below);
      if (reached < 3) found.push(finding(rule, field, `its edge has ${reached.toFixed(2)} to 1, 3 needed`));
    }
    return found;
  }

  // The keyboard.

  let order = [];
  let visited = [];

  function isReachable(element) {
    const isNative = element.matches(INTERACTIVE);
    return isShown(element) && !element.disabled && (isNative || element.tabIndex >= 0);
  }

  function hasIndicator(element) {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  }

  function isUncovered(element) {
    const box = [...element.getClientRects()].find(({ width, height }) => width && height);
    if (!box) return false;
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return Boolean(top) && (element.contains(top) || top.contains(element));
  }

  function visit({ target }) {
    const box = target.getBoundingClientRect();
    const below = ground(Math.max(box.left, 0), Math.min(Math.max(box.top, 0), innerHeight - 1), target);
    const isSeen = hasIndicator(target) && ratio(colour(getComputedStyle(target).outlineColor), below) >= 3;
    visited.push({ target, isSeen, isUncovered: isUncovered(target) });
  }

  /** Lays out what would only be laid out once it is in sight, so that all of the page can be measured. */
  function layOutAll() {
    for (const element of document.querySelectorAll("article")) element.style.contentVisibility = "visible";
  }

  /** Begins to record where the focus goes; gives how many stops there must be. */
  function watchFocus() {
    order = [...document.querySelectorAll(`${INTERACTIVE}, [tabindex]`)].filter(isReachable);
    visited = [];
    document.addEventListener("focusin", visit);
    return order.length;
  }

  /** What the recorded walk missed, took out of turn, or did not show. */
  function judgeFocus(rules) {
    const stops = visited.map(({ target }) => target);
    const reached = new Set(stops);
    const missed = order.filter((element) => !reached.has(element));
    const expected = order.filter((element) => reached.has(element));
    const turned = expected.find((element, place) => stops[place] !== element);
    const told = (element) => `“${shortened(element.textContent)}”`;
    return [
      ...missed.map((element) => finding(rules.reach, element, `Tab never reaches ${told(element)}`)),
      ...(turned ? [finding(rules.order, turned, `Tab comes to ${told(turned)} out of turn`)] : []),
      ...visited
        .filter(({ isSeen }) => !isSeen)
        .map(({ target }) => finding(rules.seen, target, `nothing shows that ${told(target)} has the focus`)),
      ...visited
        .filter(({ isUncovered: isFree }) => !isFree)
        .map(({ target }) => finding(rules.covered, target, `${told(target)} is out of sight when it has the focus`)),
    ];
  }

  /** The first stop, if it stands before the main content and so must be a way past the rest. */
  function skipLink() {
    const main = document.querySelector("main");
    const first = [...document.querySelectorAll(`${INTERACTIVE}, [tabindex]`)].find(isReachable);
    if (!first || !main || main.contains(first)) return null;
    const target = first.matches("a[href^='#']") && document.getElementById(first.hash.slice(1));
    return { node: selector(first), isSkipLink: Boolean(target && main.contains(target)) };
  }

  const hasFocus = (path) => document.activeElement === document.querySelector(path);

  function isInSight() {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return left >= 0 && top >= 0 && isUncovered(document.activeElement);
  }

  /** Whether the focus is now at the first stop of the main content. */
  function isPastTheRest() {
    const main = document.querySelector("main");
    const first = [...main.querySelectorAll(`${INTERACTIVE}, [tabindex]`)].find(isReachable);
    return !first || document.activeElement === first;
  }

  // Paper, scripts, links.

  let onScreen = [];
  const rememberShown = () => (onScreen = [...textNodes()].filter((text) => isShown(text.parentElement)));

  /** Texts seen on screen and not on paper, but for ways to other pages and files, which paper cannot follow. */
  function hiddenOnPaper(rule) {
    const ways = "nav, summary, .skip, a[download], a[hreflang], a[href^='../']";
    const isWay = (text) => {
      const block = text.parentElement.closest("p, li, section, nav") ?? text.parentElement;
      return text.parentElement.closest(ways) || block.querySelector(ways);
    };
    const outermost = (element) => (isShown(element.parentElement) ? element : outermost(element.parentElement));
    return onScreen
      .filter((text) => !isShown(text.parentElement) && !isWay(text))
      .map((text) => finding(rule, outermost(text.parentElement), `“${shortened(text.data)}” is not printed`));
  }

  /** The text as shown, line by line. Forms, searches and their counts are what scripts work. */
  function lines() {
    const texts = [...textNodes()].filter((text) => isShown(text.parentElement) && !text.parentElement.closest("form, search, [role=status]"));
    return texts.map((text) => text.data.trim().replace(/\s+/g, " "));
  }

  const addresses = () =>
    ["href", "src", "poster", "data"].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => ({
        node: selector(element),
        address: element.getAttribute(name),
      })),
    );

  globalThis.probe = {
    finding,
    shortened,
    textNodes,
    isShown,
    lost,
    overlaps,
    spaceText,
    unspaceText,
    faint,
    drawnTexts,
    faintEdges,
    layOutAll,
    watchFocus,
    judgeFocus,
    skipLink,
    hasFocus,
    isInSight,
    isPastTheRest,
    rememberShown,
    hiddenOnPaper,
    lines,
    addresses,
    openDetails: () => document.querySelectorAll("details").forEach((details) => (details.open = true)),
    ids: () => [...document.querySelectorAll("[id]")].map((element) => element.id),
    language: () => document.documentElement.lang,
  };
})();
