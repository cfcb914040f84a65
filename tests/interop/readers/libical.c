/* What libical makes of a calendar: the C library under Evolution, GNOME Calendar, KDE and Cyrus.
 *
 *   libical version             the library's version
 *   libical entries < ICS       a line of JSON for each VEVENT, instants in UTC
 *   libical faults < ICS        what breaks RFC 5545 or, with a METHOD, the tables of RFC 5546
 *   libical classify NEW OLD WHO   what NEW is to WHO who has OLD ("-": has nothing), as a word
 *
 * Ends with 1 where a file can't be read or is no calendar.
 */

#include <libical/ical.h>
#include <libical/icalclassify.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything in the stream, ended by a NUL; the caller's to free. */
static char *slurp(FILE *in)
{
    size_t size = 0, room = 1 << 16, got;
    char *text = malloc(room + 1);
    while (text && (got = fread(text + size, 1, room - size, in)) > 0) {
        size += got;
        if (size == room) {
            room *= 2;
            text = realloc(text, room + 1);
        }
    }
    if (text)
        text[size] = '\0';
    return text;
}

/* The calendar in a stream, or NULL. */
static icalcomponent *parse(FILE *in)
{
    char *text = in ? slurp(in) : NULL;
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    free(text);
    return calendar;
}

static void print_json_string(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20)
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void print_text(const char *key, const char *text)
{
    printf(", \"%s\": ", key);
    print_json_string(text);
}

/* The instant as UTC, by the VTIMEZONE that the calendar itself carries. */
static void print_instant(const char *key, struct icaltimetype time)
{
    icaltimezone *utc = icaltimezone_get_utc_timezone();
    struct icaltimetype there = icaltime_convert_to_zone(time, utc);
    printf(", \"%s\": \"%04d-%02d-%02dT%02d:%02d:%02d%s\"", key, there.year, there.month,
           there.day, there.hour, there.minute, there.second, time.zone ? "+00:00" : "");
}

static void print_entry(icalcomponent *event)
{
    printf("{\"uid\": ");
    print_json_string(icalcomponent_get_uid(event));
    print_instant("starts_at", icalcomponent_get_dtstart(event));
    print_instant("ends_at", icalcomponent_get_dtend(event));
    print_text("summary", icalcomponent_get_summary(event));
    print_text("location", icalcomponent_get_location(event));
    print_text("description", icalcomponent_get_description(event));
    printf(", \"cancelled\": %s}\n",
           icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED ? "true" : "false");
}

static void print_entries(icalcomponent *calendar)
{
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        print_entry(event);
}

/* libical puts what it finds into the calendar, as X-LIC-ERROR where it found it. */
static void print_faults(icalcomponent *component)
{
    icalproperty *fault = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; fault; fault = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        printf("%s: %s\n", icalcomponent_kind_to_string(icalcomponent_isa(component)),
               icalproperty_get_xlicerror(fault));
    icalcomponent *part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; part; part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        print_faults(part);
}

static int classify(const char *new_path, const char *old_path, const char *who)
{
    icalcomponent *new = parse(fopen(new_path, "rb"));
    icalcomponent *old = strcmp(old_path, "-") ? parse(fopen(old_path, "rb")) : NULL;
    if (!new || (!old && strcmp(old_path, "-"))) {
        fprintf(stderr, "no calendar in %s\n", new ? old_path : new_path);
        return 1;
    }
    puts(icalproperty_enum_to_string(icalclassify(new, old, who)));
    return 0;
}

int main(int count, char **words)
{
    const char *task = count > 1 ? words[1] : "";
    icalerror_set_errors_are_fatal(0);
    if (!strcmp(task, "version"))
        return puts(LIBICAL_VERSION) < 0;
    if (!strcmp(task, "classify") && count == 5)
        return classify(words[2], words[3], words[4]);
    icalcomponent *calendar = parse(stdin);
    if (!calendar) {
        fputs("no calendar\n", stderr);
        return 1;
    }
    if (!strcmp(task, "entries")) {
        print_entries(calendar);
    } else if (!strcmp(task, "faults")) {
        icalrestriction_check(calendar);
        print_faults(calendar);
    } else {
        fputs("libical version | entries | faults | classify NEW OLD WHO\n", stderr);
        return 1;
    }
    return 0;
}
