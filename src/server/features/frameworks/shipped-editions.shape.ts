import hashes from '../../../../reference/frameworks/hashes.json' with { type: 'json' };

/** Every edition that ships with the product, read when it is wanted. A new one is one line here. */
const shipped: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  'basic-balance-gov-variant': () =>
    import('../../../../reference/frameworks/basic-balance-gov-variant.json', { with: { type: 'json' } }),
  'city-school-inspector-appraisal-sample': () =>
    import('../../../../reference/frameworks/city-school-inspector-appraisal-sample.json', { with: { type: 'json' } }),
  'county-duty-2023-abc': () =>
    import('../../../../reference/frameworks/county-duty-2023-abc.json', { with: { type: 'json' } }),
  'county-inspection-sample': () =>
    import('../../../../reference/frameworks/county-inspection-sample.json', { with: { type: 'json' } }),
  'edu-strong-town-guangdong': () =>
    import('../../../../reference/frameworks/edu-strong-town-guangdong.json', { with: { type: 'json' } }),
  'innovation-county-sample': () =>
    import('../../../../reference/frameworks/innovation-county-sample.json', { with: { type: 'json' } }),
  'inspector-appraisal-sample': () =>
    import('../../../../reference/frameworks/inspector-appraisal-sample.json', { with: { type: 'json' } }),
  'kindergarten-conduct-jiangxi': () =>
    import('../../../../reference/frameworks/kindergarten-conduct-jiangxi.json', { with: { type: 'json' } }),
  'kindergarten-hubei-2016': () =>
    import('../../../../reference/frameworks/kindergarten-hubei-2016.json', { with: { type: 'json' } }),
  'leaders-sample': () => import('../../../../reference/frameworks/leaders-sample.json', { with: { type: 'json' } }),
  'preschool-action-plan-sample': () =>
    import('../../../../reference/frameworks/preschool-action-plan-sample.json', { with: { type: 'json' } }),
  'preschool-pjph-shenyang-2021': () =>
    import('../../../../reference/frameworks/preschool-pjph-shenyang-2021.json', { with: { type: 'json' } }),
  'principal-sample': () =>
    import('../../../../reference/frameworks/principal-sample.json', { with: { type: 'json' } }),
  'quality-balance-2017-6': () =>
    import('../../../../reference/frameworks/quality-balance-2017-6.json', { with: { type: 'json' } }),
  'quality-school-sample': () =>
    import('../../../../reference/frameworks/quality-school-sample.json', { with: { type: 'json' } }),
  'shanghai-district-2010': () =>
    import('../../../../reference/frameworks/shanghai-district-2010.json', { with: { type: 'json' } }),
  'sichuan-compulsory-model-county': () =>
    import('../../../../reference/frameworks/sichuan-compulsory-model-county.json', { with: { type: 'json' } }),
  'special-opening-sample': () =>
    import('../../../../reference/frameworks/special-opening-sample.json', { with: { type: 'json' } }),
  'special-safety-sample': () =>
    import('../../../../reference/frameworks/special-safety-sample.json', { with: { type: 'json' } }),
  'sports-inspection-county-2008': () =>
    import('../../../../reference/frameworks/sports-inspection-county-2008.json', { with: { type: 'json' } }),
  'sports-work-school-2014': () =>
    import('../../../../reference/frameworks/sports-work-school-2014.json', { with: { type: 'json' } }),
  'strong-county-sample': () =>
    import('../../../../reference/frameworks/strong-county-sample.json', { with: { type: 'json' } }),
  'visit-eight-matters-sample': () =>
    import('../../../../reference/frameworks/visit-eight-matters-sample.json', { with: { type: 'json' } }),
  'zhoushan-county-2007-rank': () =>
    import('../../../../reference/frameworks/zhoushan-county-2007-rank.json', { with: { type: 'json' } }),
};

/** The keys of the editions that ship with the product. */
export const shippedKeys: readonly string[] = Object.keys(shipped);

/** The digests of their contents, so that a start at which none is new reads none of them. A test holds them to the files. */
export const shippedHashes: Readonly<Record<string, string>> = hashes;

/** The content of a shipped edition as its file has it; undefined for another key. */
export async function readShipped(key: string): Promise<unknown> {
  return Object.hasOwn(shipped, key) ? (await shipped[key]!()).default : undefined;
}
