#!/bin/sh
# Runs once, in an empty database: who writes and who reads. The passwords are letters and digits.
set -eu

for role in leadpulse grafana_reader; do
    psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres <<SQL
create role $role login password '$(cat "/secrets/postgres/$role")';
SQL
done
psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres -c 'create database leadpulse owner leadpulse'
