// Draws everything; again when the language or the width changes.
const DRAW = {
  summary: renderSummary, worth: renderWorth, trace: renderTrace, cover: renderCover, map: renderMap, shortages: renderShortages,
  calendars: renderCalendars, days: renderDays,
};
const waiting = new Set(Object.keys(DRAW));
const nearby = new Set();

/** Sections far below are drawn when they come near, so that a county opens at once. */
const observer = new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (entry.isIntersecting) {
    nearby.add(entry.target.id);
    draw(entry.target.id);
  } else {
    nearby.delete(entry.target.id);
  }
}), { rootMargin: "600px" });

function draw(id) {
  if (waiting.delete(id)) {
    DRAW[id]();
  }
}
function drawAll() {
  document.documentElement.lang = lang;
  document.title = [data.name, t("kicker")].filter(Boolean).join(" · ");
  document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = t(node.dataset.text); });
  document.querySelectorAll("[data-label]").forEach((node) => { node.setAttribute("aria-label", t(node.dataset.label)); });
  document.getElementById("season-name").textContent = data.name || t("kicker");
  document.getElementById("season-dates").textContent = t("seasonDates", iso(0), iso(data.dayCount - 1), count(data.dayCount));
  const button = document.getElementById("switch");
  button.textContent = t("switchTo");
  button.lang = lang === "en" ? "zh-CN" : "en";
  hideTip();
  redrawSections();
}
function redrawSections() {
  Object.keys(DRAW).forEach((id) => waiting.add(id));
  [...nearby].forEach(draw);
}

document.getElementById("switch").addEventListener("click", () => {
  lang = lang === "en" ? "zh-CN" : "en";
  drawAll();
});
let drawnWidth = innerWidth;
addEventListener("resize", settled(() => {
  if (innerWidth !== drawnWidth) {
    drawnWidth = innerWidth;
    redrawSections();
  }
}));
addEventListener("beforeprint", () => Object.keys(DRAW).forEach(draw));
addEventListener("scroll", hideTip, { passive: true });
addEventListener("keydown", (e) => { if (e.key === "Escape") { hideTip(); } });
drawAll();
Object.keys(DRAW).forEach((id) => observer.observe(document.getElementById(id)));
