export { default as CountyBalance } from './county/CountyBalance.tsx';
export { default as BalanceOverview } from './overview/BalanceOverview.tsx';
export { default as BalanceRuns } from './runs/BalanceRuns.tsx';
export { default as RunComparison } from './runs/RunComparison.tsx';
export { default as StandardPage } from './standards/StandardPage.tsx';
export { default as Standards } from './standards/Standards.tsx';
