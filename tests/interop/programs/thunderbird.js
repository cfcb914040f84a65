// What our tests ask of Thunderbird, in the words of its own calendar.

const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
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

// A calendar of the client's own, from which answers are sent as their identity's.
async function own() {
  const uri = Services.io.newURI("moz-memory-calendar://");
  const calendar = cal.manager.createCalendar("memory", uri);
  calendar.name = "Own";
  cal.manager.registerCalendar(calendar);
  calendar.setProperty("imip.identity.key", "id1");
  return calendar.id;
}

// Send through the mail server at a port from now on; an answer may be on its way to it.
function sendThrough(port) {
  const name = "mail.smtpserver.smtp1.port";
  if (!port || Services.prefs.getIntPref(name, 0) === port) return;
  for (const server of MailServices.outgoingServer.servers) server.closeCachedConnections();
  Services.prefs.setIntPref(name, port);
}

// What a click on the bar above an invite does: with an answer, it is sent to the organizer.
// Resolves to what Thunderbird takes the message for; null where it finds nothing to do.
function receive(id, message, answer, port) {
  sendThrough(port);
  const itip = Cc["@mozilla.org/calendar/itip-item;1"].createInstance(Ci.calIItipItem);
  itip.init(message);
  itip.isSend = false;
  itip.identity = Services.prefs.getStringPref("mail.identity.id1.useremail");
  itip.autoResponse = Ci.calIItipItem.USER;
  itip.targetCalendar = calendarOf(id);
  const mode = { responseMode: answer ? Ci.calIItipItem.AUTO : Ci.calIItipItem.NONE };
  return new Promise((resolve, reject) => {
    let seen = false;
    cal.itip.processItipItem(itip, (_itip, result, action) => {
      if (seen) return;
      seen = true;
      const end = (settle, value) => {
        cal.itip.cleanupItipItem(itip);
        settle(value);
      };
      if (!Components.isSuccessCode(result)) return end(reject, new Error(`result ${result}`));
      if (!action) return end(resolve, null);
      const listener = {
        QueryInterface: ChromeUtils.generateQI(["calIOperationListener"]),
        onGetResult() {},
        onOperationComplete: (_calendar, status, _operation, _id, detail) =>
          Components.isSuccessCode(status) ? end(resolve, action.method) : end(reject, detail),
      };
      action(listener, answer || "", mode);
    });
  });
}
