#!/bin/sh
# Starts one of our processes in its container: run.sh MAIN_CLASS ARGUMENT..., or run.sh engine jobmanager|taskmanager
# JOB_OPTION... A variable X_FILE becomes X with what stands in that file: secrets are files here.
set -eu

if [ -n "${LEADPULSE_POSTGRES_PASSWORD_FILE:-}" ]; then
    LEADPULSE_POSTGRES_PASSWORD=$(cat "$LEADPULSE_POSTGRES_PASSWORD_FILE")
    export LEADPULSE_POSTGRES_PASSWORD
fi
if [ "$1" = engine ]; then
    role=$2
    shift 2
    java -Xmx64m io.leadpulse.local.stack.EngineArguments "$role" "$role" /engine "$@" >"/tmp/$role.arguments"
    exec java "@/tmp/$role.arguments"
fi
# JAVA_OPTS is a list of words on purpose.
# shellcheck disable=SC2086
exec java @/opt/leadpulse/jvm.options -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError ${JAVA_OPTS:-} "$@"
