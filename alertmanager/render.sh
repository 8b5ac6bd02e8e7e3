#!/bin/sh
# Writes the Alertmanager's configuration of this installation to standard output: alertmanager.yml with the values
# below, which the Alertmanager itself would not take from the environment. Used by the demo, by compose and by tests,
# so it needs no more than a POSIX shell and awk. A password is never written: it stands in a file that the
# Alertmanager reads.
#
#   alertmanager/render.sh > FILE
#
#   LEADPULSE_SMTP_SMARTHOST       host:port of the mail server; without it no mail is sent
#   LEADPULSE_SMTP_FROM            sender                              leadpulse@localhost
#   LEADPULSE_SMTP_REQUIRE_TLS     true or false                       true
#   LEADPULSE_SMTP_USERNAME        user at the mail server; without it there is no log-in
#   LEADPULSE_SMTP_PASSWORD_FILE   file with the password              /run/secrets/smtp_password
#   LEADPULSE_FALLBACK_EMAIL       who gets what is for a rep without an address; LEADPULSE_OPERATORS_EMAIL
#   LEADPULSE_OPERATORS_EMAIL      who is told of the engine           root@localhost
#   LEADPULSE_WEBHOOK_URL          gets everything as JSON; without it nothing is posted
#   LEADPULSE_GROUP_WAIT           how long a message waits for more of the same lead    5s
#   LEADPULSE_GROUP_INTERVAL       the same once it was sent                             1m
#   LEADPULSE_TEMPLATES            folder of the templates             the one beside this script
set -eu

here=$(cd "$(dirname "$0")" && pwd)
: "${LEADPULSE_SMTP_SMARTHOST=}" "${LEADPULSE_SMTP_USERNAME=}" "${LEADPULSE_WEBHOOK_URL=}"
: "${LEADPULSE_SMTP_FROM:=leadpulse@localhost}" "${LEADPULSE_SMTP_REQUIRE_TLS:=true}"
: "${LEADPULSE_SMTP_PASSWORD_FILE:=/run/secrets/smtp_password}" "${LEADPULSE_OPERATORS_EMAIL:=root@localhost}"
: "${LEADPULSE_FALLBACK_EMAIL:=$LEADPULSE_OPERATORS_EMAIL}"
: "${LEADPULSE_GROUP_WAIT:=5s}" "${LEADPULSE_GROUP_INTERVAL:=1m}" "${LEADPULSE_TEMPLATES:=$here/templates}"
export LEADPULSE_SMTP_SMARTHOST LEADPULSE_SMTP_USERNAME LEADPULSE_WEBHOOK_URL LEADPULSE_SMTP_FROM \
    LEADPULSE_SMTP_REQUIRE_TLS LEADPULSE_SMTP_PASSWORD_FILE LEADPULSE_OPERATORS_EMAIL LEADPULSE_FALLBACK_EMAIL \
    LEADPULSE_GROUP_WAIT LEADPULSE_GROUP_INTERVAL LEADPULSE_TEMPLATES

awk '
function value(name,    text) {
    if (!(("LEADPULSE_" name) in ENVIRON)) {
        print "render.sh: nothing says what @" name "@ is" > "/dev/stderr"
        failed = 1
        exit 1
    }
    text = ENVIRON["LEADPULSE_" name]
    if (text ~ /[\047"\\{}\n\r]/) {
        print "render.sh: LEADPULSE_" name " must be one line without quotes, braces and backslashes" > "/dev/stderr"
        failed = 1
        exit 1
    }
    return text
}
/^ *# if / { skipping = value($3) == ""; next }
/^ *# end$/ { skipping = 0; next }
skipping { next }
/^ *#/ { print; next }
{
    done = ""
    rest = $0
    while (match(rest, /@[A-Z_]+@/)) {
        done = done substr(rest, 1, RSTART - 1) value(substr(rest, RSTART + 1, RLENGTH - 2))
        rest = substr(rest, RSTART + RLENGTH)
    }
    print done rest
}
END { exit failed }
' "$here/alertmanager.yml"
