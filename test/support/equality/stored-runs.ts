import type { SampleStage } from './sample-stage.ts';

/**
 * The balance runs as they lie in the database, with all their digits: the inputs of each, the whole result, and the
 * part that schools read. Each run is named by unit, year, standard and revision, with a number in the order of
 * creation. The text is the JSON that the database writes: its keys are in order, and nothing in it differs between two
 * runs.
 */
export async function storedRuns(stage: Pick<SampleStage, 'owner'>): Promise<[name: string, run: string][]> {
  const { rows } = await stage.owner.query<{ name: string; run: string }>(`
    select concat_ws(' ', 'run', u.unit_code, p.year, r.standard_key, r.standard_revision,
             row_number() over (partition by r.county_id, r.period_id, r.standard_key order by r.id)) as name,
           jsonb_build_object('formulaVersion', r.formula_version, 'inputsHash', r.inputs_hash, 'verdict', r.verdict,
             'provisional', r.provisional, 'current', r.current, 'runAt', r.run_at, 'runBy', r.run_by,
             'counts', jsonb_build_array(r.school_count, r.excluded_count, r.missing_count),
             'summary', r.summary, 'distribution', r.distribution, 'inputs', d.inputs, 'result', d.result,
             'schools', (select jsonb_agg(jsonb_build_object('schoolId', s.school_id, 'level', s.level, 'code', s.code,
                           'name', s.name, 'excludedReason', s.excluded_reason, 'content', s.content)
                           order by s.level, s.code)
                           from balance_run_schools s where s.county_id = r.county_id and s.run_id = r.id))::text as run
      from balance_runs r
      join balance_run_details d on d.county_id = r.county_id and d.run_id = r.id
      join periods p on p.id = r.period_id join org_units u on u.id = r.county_id
     order by u.unit_code, p.year, r.standard_key, r.id`);
  return rows.map(({ name, run }) => [name, run]);
}
