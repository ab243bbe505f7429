// Unpacks the trips of one day and lists them.
const unpackedDays = new Map();

/** The day's trips: vehicle, departs, most on board, and stops with place, times, boarding, alighting and crews. */
function tripsOf(day) {
  if (!unpackedDays.has(day)) {
    const { id, run } = data.trips[day];
    const trips = [];
    let at = 0;
    for (const name of id) {
      const trip = { id: name, vehicle: run[at], departs: run[at + 1], stops: [], most: 0, crews: new Set() };
      let stops = run[at + 2];
      let aboard = 0;
      for (at += 3; stops > 0; stops--) {
        const stop = { place: run[at], arrives: run[at + 1], board: 0, alight: 0 };
        let groups = run[at + 2];
        for (at += 3; groups > 0; groups--, at += 4) {
          trip.crews.add(run[at]);
          stop.board += run[at + 2];
          stop.alight += run[at + 3];
        }
        aboard += stop.board - stop.alight;
        trip.most = Math.max(trip.most, aboard);
        trip.stops.push(stop);
      }
      trips.push(trip);
    }
    unpackedDays.set(day, trips);
    if (unpackedDays.size > 8) {
      unpackedDays.delete(unpackedDays.keys().next().value);
    }
  }
  return unpackedDays.get(day);
}

function tripWords(trip) {
  return [trip.id, data.vehicles.id[trip.vehicle], ...trip.stops.map((s) => placeName(s.place)),
    ...[...trip.crews].flatMap((c) => [data.crews.id[c], data.orders[data.crews.order[c]].id, data.brokers.name[data.crews.broker[c]]])]
    .join("\n").toLowerCase();
}

function tripLines(trip) {
  return [`${trip.id} · ${data.vehicles.id[trip.vehicle]}`,
    `${t("load")}: ${trip.most} / ${data.vehicles.seats[trip.vehicle]}`,
    ...trip.stops.map((s) => `${clock(s.arrives)} ${placeName(s.place)} ${stopMarks(s)}`)];
}
function stopMarks(stop) {
  return [stop.alight ? t("alightAt", count(stop.alight)) : "", stop.board ? t("boardAt", count(stop.board)) : ""].filter(Boolean).join(" ");
}

function renderTrips(day) {
  const all = tripsOf(day);
  const list = el("div");
  const filter = el("input", { type: "search", placeholder: t("tripFilter"), "aria-label": t("tripFilter") });
  function show() {
    const wanted = filter.value.trim().toLowerCase();
    const trips = wanted === "" ? all : all.filter((trip) => tripWords(trip).includes(wanted));
    fill(list, trips.length === 0
      ? el("p", { class: "empty" }, t("noTrips"))
      : table([[t("trip")], [t("vehicle")], [t("departs")], [t("load"), true], [t("route")]], trips.length, (i) => {
        const trip = trips[i];
        return [
          el("button", { type: "button", class: "link", "aria-label": t("showOnMap", trip.id), onclick: () => chooseTrip(trip.id) }, trip.id),
          data.vehicles.id[trip.vehicle], clock(trip.departs), `${trip.most} / ${data.vehicles.seats[trip.vehicle]}`,
          el("ol", { class: "route" }, trip.stops.map((s) => el("li", null, el("b", null, clock(s.arrives)), ` ${placeName(s.place)} `, el("span", { class: "muted" }, stopMarks(s))))),
        ];
      }, { page: 12, caption: t("tripsOfDay") }));
  }
  filter.addEventListener("input", settled(show));
  show();
  fill("map-trips", el("h3", null, t("tripsOfDay")), el("div", { class: "controls no-print" }, filter), list);
}
