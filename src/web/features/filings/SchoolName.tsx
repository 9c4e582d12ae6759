import { OtherName } from '#web/shared/kit/words/OtherName.tsx';

/** The school as it was called when the year was opened, with its present name where that is another. */
export function SchoolName({ school }: { school: { name: string; presentName: string | null } }) {
  return (
    <>
      {school.name}
      <PresentName school={school} />
    </>
  );
}

export function PresentName({ school }: { school: { presentName: string | null } }) {
  return <OtherName word="现名" names={school.presentName === null ? [] : [school.presentName]} />;
}
