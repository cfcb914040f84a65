// What ical.js makes of a calendar: the library under Thunderbird and Nextcloud.
//
//   node icaljs.mjs LIBRARY entries < ICS   a line of JSON for each VEVENT, instants in UTC
//   node icaljs.mjs LIBRARY types < ICS     the type of each of the calendar's own properties

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, task] = process.argv.slice(2);
const ICAL = (await import(pathToFileURL(library))).default;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));

// Only zones that the calendar carries count; without one a time is floating.
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

function instant(time) {
  return time.zone === ICAL.Timezone.localTimezone
    ? time.toString()
    : time.convertToZone(ICAL.Timezone.utcTimezone).toString().replace("Z", "+00:00");
}

function entry(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts_at: instant(event.startDate),
    ends_at: instant(event.endDate),
    summary: event.summary ?? "",
    location: event.location ?? "",
    description: event.description ?? "",
    cancelled: component.getFirstPropertyValue("status") === "CANCELLED",
  };
}

if (task === "entries") {
  for (const component of calendar.getAllSubcomponents("vevent"))
    console.log(JSON.stringify(entry(component)));
} else {
  const types = calendar.getAllProperties().map((each) => [each.name, each.type]);
  console.log(JSON.stringify(Object.fromEntries(types)));
}
