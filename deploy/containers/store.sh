#!/bin/sh
# Run once, when the store is new: the database and its two roles, as README.md has them for a machine without containers.
set -eu
psql --set ON_ERROR_STOP=1 --set writer="$WRITER_PASSWORD" --set reader="$READER_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
create role atlas_writer login password :'writer';
create role atlas_reader login password :'reader';
create database atlas owner atlas_writer;
\connect atlas
create extension postgis;
create schema atlas authorization atlas_writer;
grant usage on schema atlas to atlas_reader;
alter default privileges for role atlas_writer in schema atlas grant select on tables to atlas_reader;
SQL
