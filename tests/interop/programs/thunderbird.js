// What our tests ask of Thunderbird, in the words of its own calendar.

const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");

function entry(item) {
  const instant = (time) =>
    new Date(time.nativeTime / 1000).toISOString().replace(time.timezone.isFloating ? "Z" : /$^/, "");
  return {
    starts_at: instant(item.startDate),
    ends_at: instant(item.endDate),
    summary: item.title ?? "",
    location: item.getProperty("LOCATION") ?? "",
    description: item.getProperty("DESCRIPTION") ?? "",
    cancelled: item.status === "CANCELLED",
  };
}

function calendarOf(id) {
  return cal.manager.getCalendarById(id);
}

// Resolves once the calendar has been fetched anew.
function loaded(calendar, start) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      calendar.removeObserver(observer);
      settle(value);
    };
    const observer = {
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onStartBatch() {},
      onEndBatch() {},
      onAddItem() {},
      onModifyItem() {},
      onDeleteItem() {},
      onPropertyChanged() {},
      onPropertyDeleting() {},
      onLoad: () => end(resolve),
      onError: (_calendar, number, message) => end(reject, new Error(`${number}: ${message}`)),
    };
    calendar.addObserver(observer);
    start();
  });
}

// Follow an address; resolves to the calendar's id.
async function subscribe(url) {
  const calendar = cal.manager.createCalendar("ics", Services.io.newURI(url));
  calendar.name = "Clinic";
  calendar.readOnly = true;
  await loaded(calendar, () => cal.manager.registerCalendar(calendar));
  return calendar.id;
}

async function refresh(id) {
  const calendar = calendarOf(id);
  await loaded(calendar, () => calendar.refresh());
}

async function entries(id) {
  const items = await calendarOf(id).getItemsAsArray(
    Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
  return items.map(entry);
}

async function forget(id) {
  cal.manager.removeCalendar(calendarOf(id));
}

async function version() {
  return Services.appinfo.version;
}
