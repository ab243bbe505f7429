// Building blocks: text, numbers, dates, elements, tooltips. Names reach the page only through textContent, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const DAY_MS = 86400000;
const START = Date.parse(data.start + "T00:00:00Z");
const SVG = document.getElementById("svg-seed").namespaceURI;
let lang = data.lang;

function t(key, ...values) {
  const pair = TEXTS[key];
  if (!pair) {
    return key;
  }
  return pair[lang === "en" ? 1 : 0].replace(/\{(\d)\}/g, (_, i) => values[Number(i)]);
}

/** The text of a key that may be unknown to the page, such as a stage the planner named. */
function known(prefix, name) {
  return Object.hasOwn(TEXTS, prefix + name) ? t(prefix + name) : name;
}

const formats = new Map();
function format(key, options) {
  const id = lang + key;
  if (!formats.has(id)) {
    formats.set(id, new Intl.NumberFormat(lang, options));
  }
  return formats.get(id);
}
const count = (n) => format("count", { maximumFractionDigits: 1 }).format(n);
const percent = (x) => format("percent", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(x);
const finePercent = (x) => format("fine", { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(x);
const short = (x) => format("short", { notation: "compact", maximumSignificantDigits: 4 }).format(x);
const money = (x) => (x < 0 ? "−" : "") + "¥" + format("money", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Math.abs(x));

function iso(day) {
  return new Date(START + day * DAY_MS).toISOString().slice(0, 10);
}
const WEEKDAYS = [["日", "一", "二", "三", "四", "五", "六"], ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]];
function weekday(day) {
  const at = new Date(START + day * DAY_MS).getUTCDay();
  return lang === "en" ? WEEKDAYS[1][at] : "周" + WEEKDAYS[0][at];
}
const longDay = (day) => iso(day) + " " + weekday(day);
const shortDay = (day) => iso(day).slice(5);
const clock = (minutes) => String(Math.floor(minutes / 60)).padStart(2, "0") + ":" + String(minutes % 60).padStart(2, "0");

const placeName = (place) => (place < 0 ? "" : data.places.name[place]);
const siteName = (order) => placeName(data.orders[order].site);

/** An element with attributes and children; strings become text nodes. */
function el(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}
function svg(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}
function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}
function fill(id, ...children) {
  const host = typeof id === "string" ? document.getElementById(id) : id;
  host.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return host;
}

/**
 * A table. Columns are [title, numeric?]; rows are given by number, built as they are needed: a first page, then more on
 * demand, so that thousands of rows cost nothing until somebody wants them.
 */
function table(columns, rowCount, rowAt, { page = 50, caption = null, className = "" } = {}) {
  const body = el("tbody");
  const more = el("button", { type: "button", class: "quiet" });
  const foot = el("p", { class: "more no-print" }, more);
  let shown = 0;
  function grow() {
    const end = Math.min(rowCount, shown + page);
    for (; shown < end; shown++) {
      const cells = rowAt(shown);
      body.append(el("tr", null, cells.map((cell, i) => el(i === 0 ? "th" : "td",
        { class: columns[i][1] ? "num" : "words", scope: i === 0 ? "row" : null }, cell ?? ""))));
    }
    foot.hidden = shown >= rowCount;
    more.textContent = t("showMore", count(Math.min(page, rowCount - shown)), count(rowCount - shown));
  }
  more.addEventListener("click", grow);
  grow();
  return el("div", { class: "table " + className, tabindex: 0, role: "group", "aria-label": caption },
    el("table", null,
      caption ? el("caption", { class: "hidden" }, caption) : null,
      el("thead", null, el("tr", null, columns.map(([title, numeric]) => el("th", { class: numeric ? "num" : null, scope: "col" }, title)))),
      body),
    foot);
}

/** A chart's figures as a table, built when first opened. */
function asTable(make) {
  const details = el("details", { class: "alternative" }, el("summary", null, t("asTable")));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(make());
    }
  });
  return details;
}

function swatch(colour, text, shape = "") {
  const mark = el("i", { class: "swatch " + shape, "aria-hidden": "true" });
  mark.style.background = colour;
  return el("span", { class: "key" }, mark, text);
}

const tip = document.getElementById("tip");
function showTip(lines, x, y) {
  fill(tip, lines.map((line, i) => el(i === 0 ? "strong" : "span", null, line)));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = x + 14 + box.width > innerWidth ? x - box.width - 14 : x + 14;
  const top = y + 14 + box.height > innerHeight ? y - box.height - 14 : y + 14;
  tip.style.left = Math.max(4, left) + "px";
  tip.style.top = Math.max(4, top) + "px";
}
function hideTip() {
  tip.hidden = true;
}
/** Shows lines beside the pointer while it is over the node. */
function tipOn(node, lines) {
  node.addEventListener("pointermove", (e) => showTip(lines(), e.clientX, e.clientY));
  node.addEventListener("pointerleave", hideTip);
  return node;
}

/** Runs a function once the user has stopped typing. */
function settled(run, ms = 180) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
}

/** Round steps for an axis from low to high, about as many as asked. */
function ticks(low, high, about) {
  const span = high - low || 1;
  const rough = span / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const marks = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
    // Math.ceil makes −0 of what lies just below 0, and that would be written "-0".
    marks.push(i * step + 0);
  }
  return marks;
}

/** Season days to label on an axis: Mondays, or firsts of months when Mondays would crowd. */
function dayTicks(pixelsPerDay, room) {
  const marks = [];
  const weeks = Math.max(1, Math.ceil(room / (7 * pixelsPerDay)));
  const monthly = weeks > 6;
  const months = Math.max(1, Math.ceil(room / (30 * pixelsPerDay)));
  let seen = 0;
  for (let day = 0; day < data.dayCount; day++) {
    const at = new Date(START + day * DAY_MS);
    if (data.dayCount < 15 ? day % Math.max(1, Math.ceil(room / pixelsPerDay)) === 0
      : monthly ? at.getUTCDate() === 1 && seen++ % months === 0 : at.getUTCDay() === 1 && seen++ % weeks === 0) {
      marks.push(day);
    }
  }
  // A label needs about 36 pixels to the right of its mark.
  return marks.filter((day) => (data.dayCount - day) * pixelsPerDay >= 36);
}
const isWeekend = (day) => [0, 6].includes(new Date(START + day * DAY_MS).getUTCDay());
