import { Link } from '@tanstack/react-router';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';

/** No page has this address. The frame around it stays, with its links to every page. */
export default function NotFound() {
  return (
    <Page title="找不到页面">
      <Empty title="这个地址下没有页面" action={<Link to="/">回到首页</Link>}>
        <p>链接可能已经过时，或者输入有误。可以用顶部的搜索（Ctrl K）按名称查找单位、学校和页面。</p>
      </Empty>
    </Page>
  );
}
