// The figures on top, warnings and the facts of the run.
function tile(title, figure, note, { share = null, wide = false } = {}) {
  const bar = share === null ? null : el("div", { class: "bar", "aria-hidden": "true" }, el("i"));
  if (bar) {
    bar.firstChild.style.width = Math.max(0, Math.min(1, share)) * 100 + "%";
  }
  return el("div", { class: wide ? "tile wide-tile" : bar ? "tile with-bar" : "tile" },
    el("p", { class: "tile-title" }, title), el("p", { class: "figure" }, figure), bar, el("p", { class: "tile-note" }, note));
}

function renderSummary() {
  const s = data.summary;
  const worth = s.netValue === null ? t("noWorth")
    : s.upperBound === null ? t("noBound") : t("boundAndGap", money(s.upperBound), s.gap === null ? "–" : finePercent(s.gap));
  const shareOf = (part, whole) => whole === 0 ? 1 : part / whole;
  fill("tiles",
    tile(t("netValue"), s.netValue === null ? "–" : money(s.netValue), worth, { wide: true }),
    tile(t("requiredMet"), percent(shareOf(s.filledRequired, s.required)), t("ofTotal", count(s.filledRequired), count(s.required)), { share: shareOf(s.filledRequired, s.required) }),
    tile(t("targetMet"), percent(shareOf(s.filledTarget, s.target)), t("ofTotal", count(s.filledTarget), count(s.target)), { share: shareOf(s.filledTarget, s.target) }),
    tile(t("crews"), count(s.crews), t("crewsNote", count(s.lodgingCrews), count(s.brokersLeading), count(data.brokers.id.length))),
    tile(t("workersOut"), count(s.workersWorking), t("workersNote", count(data.workers.id.length), count(s.workersWorking ? s.workerDays / s.workersWorking : 0))),
    tile(t("trips"), count(s.trips), t("tripsNote", count(s.passengers))),
    tile(t("vehicles"), count(s.vehiclesUsed), t("vehiclesNote", count(data.vehicles.id.length), count(s.vehicleDays))),
    tile(t("km"), count(s.km), s.unknownLegs ? t("kmUnknown", count(s.unknownLegs)) : t("kmNote", count(s.vehicleDays ? s.km / s.vehicleDays : 0))));

  const warnings = [];
  if (s.outsideSeason) {
    warnings.push(el("p", { class: "warning" }, t("outsideSeason", count(s.outsideSeason))));
  }
  if (data.pinConflicts.length) {
    warnings.push(el("details", { class: "warning" }, el("summary", null, t("pinConflicts", count(data.pinConflicts.length))),
      el("ul", null, data.pinConflicts.slice(0, 500).map((c) => el("li", null, t("pinRow", c.date, c.broker, c.order, c.worker, `${c.rule}. ${c.message}`))))));
  }
  fill("warnings", warnings);

  const facts = [];
  if (s.stoppedBy !== null) {
    facts.push([t("stoppedBy"), known("stop_", s.stoppedBy)]);
  }
  if (s.seconds !== null) {
    facts.push([t("seconds"), count(s.seconds)]);
  }
  if (s.seed !== null) {
    facts.push([t("seed"), String(s.seed)]);
  }
  Object.entries(s.settings).forEach(([name, value]) => facts.push([t("setting", name), value]));
  Object.entries(s.versions).forEach(([name, value]) => facts.push([t("version", name), value]));
  fill("facts", facts.length === 0 ? null : el("details", { class: "alternative" }, el("summary", null, t("runFacts")),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]))));
}
