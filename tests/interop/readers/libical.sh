#!/bin/sh
# Compile libical.c to the path that is given, with Debian's libical.
#
# Where libical is missing and packages may not be installed (or are none of Debian's), they are
# unpacked beside the program instead; the compiler has to be there then.
set -eu
here=$(dirname "$0") target=$1 unpacked=$(dirname "$1")/debian

unpack() {
	mkdir -p "$unpacked"
	cd "$unpacked"
	icu=$(apt-cache depends libical3 | sed -n 's/.*Depends: \(libicu[0-9a-z]*\)$/\1/p')
	apt-get -qq download libical-dev libical3 $icu
	for package in *.deb; do dpkg -x "$package" .; done
}

if ! pkg-config --exists libical; then (unpack) || true; fi
if [ -d "$unpacked" ]; then
	lib=$(cd "$unpacked" && dirname "$PWD/$(find usr -name libical.so)")
	version=$(sed -n 's/^Version: //p' "$lib/pkgconfig/libical.pc")
	flags="-I$unpacked/usr/include -L$lib -Wl,-rpath,$lib
		-Wl,--unresolved-symbols=ignore-in-shared-libs -licalss -lical"
else
	version=$(pkg-config --modversion libical)
	flags=$(pkg-config --cflags --libs libical)
fi
# shellcheck disable=SC2086 -- flags are words
exec cc -std=c99 -Wall -Wextra -O1 -DLIBICAL_VERSION="\"$version\"" \
	-o "$target" "$here/libical.c" $flags
