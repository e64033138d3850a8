-- Work after commit. graphile-worker's tables belong to the jobs role alone; the sequencer reaches them by this one function.

-- specs: [{"task", "payload", "queue", "key"}]; the same key twice is the same job.
create function queue_jobs(specs jsonb) returns integer language plpgsql volatile
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row(s.task, s.payload, s.queue, null, 12, s.key, null, null)::graphile_worker.job_spec
    from jsonb_to_recordset(specs) as s(task text, payload json, queue text, key text)));
  return jsonb_array_length(specs);
end $$;
revoke all on function queue_jobs(jsonb) from public;
grant execute on function queue_jobs(jsonb) to jingwei_system;
grant create on schema public to jingwei_jobs;
alter function queue_jobs(jsonb) owner to jingwei_jobs;
revoke create on schema public from jingwei_jobs;
