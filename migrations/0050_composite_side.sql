-- Summaries of balance runs say on which side of its limit 综合差异系数 lies. Runs stored before compared the doubles.

update balance_runs set summary = jsonb_set(summary, '{levels}', (
  select jsonb_object_agg(
    level,
    figures || jsonb_build_object('compositePass', case
      when figures -> 'compositeCv' = 'null'::jsonb or figures -> 'compositeLimit' = 'null'::jsonb then null
      else (figures ->> 'compositeCv')::double precision <= (figures ->> 'compositeLimit')::double precision
    end)
  )
  from jsonb_each(summary -> 'levels') as each (level, figures)
));
