-- Runs after every migration, also after one that found nothing to do, so that a role that came later gets its rights.
-- Grafana reads by a role of its own, which can do nothing else. Its password is given from outside:
-- alter role grafana_reader password '...'.
do $$
begin
    if not exists (select from pg_roles where rolname = 'grafana_reader') then
        if exists (select from pg_roles where rolname = current_user and (rolcreaterole or rolsuper)) then
            create role grafana_reader login;
        else
            raise notice 'role grafana_reader is missing and may not be created by this user; boards cannot read';
            return;
        end if;
    end if;
    revoke all on schema leadpulse from public;
    grant usage on schema leadpulse to grafana_reader;
    grant select on all tables in schema leadpulse to grafana_reader;
    revoke all on leadpulse.flyway_schema_history from grafana_reader;
    alter default privileges in schema leadpulse grant select on tables to grafana_reader;
end
$$;
