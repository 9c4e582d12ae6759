import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layEarlier } from '#test/support/scenes/earlier-round.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';
import { answerRules } from '#test/support/scenes/rule-answers.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const opinionOf = ({ params }: JudgingScene) => city().call(evaluations.opinion, { params });

describe('an edition that asks what came before', () => {
  it('takes a county by the grade of its latest inspection, and asks more of it when it comes again', async () => {
    const framework = 'strong-county-sample';
    const scene = await layJudging(app, { step: 'preliminaryOpinion', framework });
    await answerRules(city(), scene.params);
    await scene.settle();
    // 86 points, none of them less where all of a leaf is a must.
    const musts = preparedFramework(framework).leaves.filter(({ indicator }) => indicator.must !== undefined);
    let left = 14;
    for (const { code, max } of scene.leaves) {
      if (musts.some(({ indicator }) => indicator.code === code)) continue;
      const less = Math.min(left, max);
      await app.owner.query(
        `update evaluation_points set points = $3 where evaluation_id = $1 and code = $2 and layer = 'city'`,
        [scene.evaluationId, code, String(max - less)],
      );
      left -= less;
    }
    const concluded = async () => {
      const { total, conclusions } = await opinionOf(scene);
      return [total, conclusions[0]!.name, conclusions[0]!.open];
    };
    const inspection = 'county-inspection-sample';
    expect(await concluded()).toEqual(['86', '未定', [expect.stringContaining(inspection)]]);
    await layEarlier(app.owner, scene, 2023, { grade: '良好' }, inspection);
    expect(await concluded()).toEqual(['86', '不予受理', []]);
    await layEarlier(app.owner, scene, 2024, { grade: '优秀' }, inspection);
    expect(await concluded()).toEqual(['86', '通过', []]);
    await layEarlier(app.owner, scene, 2022, { grade: '重点发展对象' });
    expect(await concluded()).toEqual(['86', '重点发展对象', []]);
  });
});

describe('an edition that compares layers', () => {
  it('reads what the subject gave itself beside what the city settled, without a ruling of the office', async () => {
    const scene = await layJudging(app, { step: 'preliminaryOpinion' });
    const downgrade = async (share: number) => {
      await scene.settle(share);
      return (await opinionOf(scene)).rules.find(({ code }) => code === 'D3')!.holds;
    };
    expect(await downgrade(0.88)).toBe('yes');
    expect(await downgrade(0.91)).toBe('no');
  });

  it('and lowers by one what the total would give', async () => {
    const scene = await layJudging(app, { step: 'preliminaryOpinion' });
    await answerRules(city(), scene.params);
    const concluded = async (share: number) => {
      await scene.settle(share);
      const { total, conclusions, rules } = await opinionOf(scene);
      const holding = rules.filter(({ holds }) => holds !== 'no').map(({ code }) => code);
      return [total, holding, conclusions[0]!.name, conclusions[0]!.open];
    };
    // Where every leaf lacks as much as another, three caps hold too.
    const caps = ['L1', 'L2', 'L6'];
    expect(await concluded(0.91)).toEqual(['91', caps, '良好', []]);
    expect(await concluded(0.9)).toEqual(['90', [...caps, 'D3'], '合格', []]);
  });
});
