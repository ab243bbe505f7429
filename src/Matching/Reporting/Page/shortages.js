// The worst shortages and the reasons behind all of them.
function renderShortages() {
  const { cells, lost, reasons } = data.shortages;
  if (lost.length === 0) {
    fill("shortage-reasons");
    fill("shortage-table", el("p", { class: "empty" }, t("noShortages")));
    return;
  }
  const reasonText = (r) => r < 0 ? t("reason_unknown") : known("reason_", reasons[r]);
  const sums = new Map();
  lost.forEach((amount, i) => {
    const reason = cells[3 * i + 2];
    const order = data.orders[cells[3 * i]];
    const day = cells[3 * i + 1];
    const sum = sums.get(reason) ?? { reason, lost: 0, days: 0, missing: 0 };
    sum.lost += amount;
    sum.days++;
    sum.missing += order.target[day] - order.filled[day];
    sums.set(reason, sum);
  });
  const ranked = [...sums.values()].sort((a, b) => b.lost - a.lost);
  const most = Math.max(1, ranked[0].lost);
  const bars = el("div", { class: "bars" }, ranked.map((sum) => {
    const bar = el("i", { "aria-hidden": "true" });
    bar.style.width = Math.max(0.5, sum.lost / most * 100) + "%";
    return el("div", null, el("span", null, reasonText(sum.reason)), el("span", { class: "track" }, bar),
      el("span", { class: "figures" }, `${money(sum.lost)} · ${t("missing")} ${count(sum.missing)}`));
  }));
  fill("shortage-reasons", bars);
  fill("shortage-table", table(
    [[t("date")], [t("order")], [t("site")], [t("employer")], [t("required"), true], [t("target"), true], [t("filled"), true], [t("missing"), true], [t("lost"), true], [t("reason")]],
    lost.length,
    (i) => {
      const [order, day, reason] = cells.slice(3 * i, 3 * i + 3);
      const o = data.orders[order];
      return [longDay(day), o.id, siteName(order), o.employer, count(o.required[day]), count(o.target[day]), count(o.filled[day]),
        count(o.target[day] - o.filled[day]), money(lost[i]), reasonText(reason)];
    }, { page: 12, caption: t("shortages") }));
}
