export { Meetings } from './meetings/MeetingList.tsx';
export { PlanList } from './PlanList.tsx';
export { PlanPage } from './plan/PlanPage.tsx';
