// Reads every message with ical.js, and compares what it finds with what was meant.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, modules] = process.argv.slice(2);
const entry = createRequire(join(modules, "x.js")).resolve("ical.js");
const loaded = await import(pathToFileURL(entry));
const ICAL = loaded.default ?? loaded;
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
let wrong = 0;
// ical.js takes a backslash in a parameter for the one of a text, which RFC 5545 does not have there.
const asIcalJs = (name) => name.replace(/\\([\\,;nN])/g, (_, c) => (c === "n" || c === "N" ? "\n" : c));
for (const want of expected) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(join(folder, want.file), "utf8")));
  const component = calendar.getFirstSubcomponent("vevent");
  const event = new ICAL.Event(component);
  const found = {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    text: event.summary,
    place: event.location,
    description: event.description,
    address: component.getFirstPropertyValue("attendee"),
    organiser: component.getFirstProperty("organizer").getParameter("cn"),
    attendee: component.getFirstProperty("attendee").getParameter("cn"),
    starts: event.startDate.toJSDate().toISOString().replace(".000", ""),
    ends: event.endDate.toJSDate().toISOString().replace(".000", ""),
  };
  const meant = { ...want, place: want.text, organiser: asIcalJs(want.text), attendee: asIcalJs(want.text) };
  for (const [key, value] of Object.entries(found)) {
    if (value !== meant[key]) {
      wrong += 1;
      if (wrong <= 10) console.log("  ", want.file, key, JSON.stringify(value), JSON.stringify(meant[key]));
    }
  }
}
console.log(`ical.js: ${expected.length} messages, ${wrong} differences`);
process.exit(wrong > 0 ? 1 : 0);
