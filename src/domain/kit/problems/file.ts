/** Refusals of files that are brought, attached and opened. */
export const fileProblems = {
  'file.refused': {
    status: 422,
    kind: 'input',
    sentence: (details: { name: string; because: string }) =>
      `“${details.name}”没有收下：${details.because}；请换成原来的文件，或另存为 PDF、图片后再上传。`,
  },
  'file.empty': {
    status: 422,
    kind: 'input',
    sentence: () => '这个文件是空的（0 字节），没有收下；请检查后重新选择。',
  },
  'file.tooLarge': {
    status: 413,
    kind: 'input',
    sentence: (details: { limitBytes: number }) =>
      `一个文件最大 ${Math.floor(details.limitBytes / 1024 ** 3)} GB，这个文件超出了；请压缩或分成几个文件后再上传。`,
  },
  'file.tooManyUploads': {
    status: 409,
    kind: 'state',
    sentence: (details: { most: number; mostGigabytes: number }) =>
      `您还有没传完的文件（最多 ${details.most} 个，共 ${details.mostGigabytes} GB），请先传完或取消，再传新的。`,
  },
  'file.noRoom': {
    status: 507,
    kind: 'fault',
    sentence: () => '服务器的磁盘空间不足，这个文件暂时收不下；已经传到的部分留着，请通知系统管理员后再继续。',
    retryAfter: 60,
  },
  'file.notWhole': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件还没有传完或正在检查，请稍候再附上。',
    retryAfter: 2,
  },
  'file.gone': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件已经不在系统里，不能再附上；请重新上传。',
  },
  'file.waiting': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件正在查毒，查完才能打开，请稍候。',
    retryAfter: 10,
  },
  'file.infected': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件查出病毒，已经封存，不能打开；请联系上传的人重新提供。',
  },
  'file.periodOver': {
    status: 409,
    kind: 'state',
    sentence: ({ keepUntil, prolongUntil }: { keepUntil: string; prolongUntil: string }) =>
      `这个文件的保存期到 ${keepUntil} 为止，已经不能打开；仍需使用的，由上传人、可增减附件的人或审核人员在 ${prolongUntil} 以前延长保存期，此后内容即清理。`,
  },
  'file.removed': {
    status: 410,
    kind: 'state',
    sentence: ({ keepUntil, removedOn }: { keepUntil: string; removedOn: string }) =>
      `这个文件的保存期到 ${keepUntil} 为止，内容已于 ${removedOn} 清理，不能再打开；名称、用途和校验码仍保留。`,
  },
  'file.judgesOnly': {
    status: 403,
    kind: 'access',
    sentence: () => '这个文件涉及未成年人，只有上传人和该事项的审核人员可以打开；确需查看的，请联系上传人。',
  },
  'file.notKept': {
    status: 403,
    kind: 'access',
    sentence: () => '保存期由上传人、可增减附件的人或该事项的审核人员调整。',
  },
  'file.notShortened': {
    status: 403,
    kind: 'access',
    sentence: () =>
      '所附事项现在不能增减附件（已报送、已办结或已编号印发），或您不能增减它的附件，保存期只能延长，不能缩短；需要缩短的，请先按流程退回该事项。',
  },
  'file.notMarked': {
    status: 403,
    kind: 'access',
    sentence: () => '标明涉及未成年人、修改用途和谁可以打开，由能增减附件的上传人或审核人员办理。',
  },
  'file.notWidened': {
    status: 409,
    kind: 'state',
    sentence: () =>
      '这个文件只有上传人和审核人员可以打开，不能再放宽；确需更多人查看的，请由上传人另行上传并写明用途。',
  },
  'file.copyKept': {
    status: 409,
    kind: 'state',
    sentence: ({ longest }: { longest: string }) =>
      `这个文件是从另一事项附来的，保存期不能晚于原件的 ${longest}；需要更久的，请先在原事项延长。`,
  },
  'file.noPeriod': {
    status: 409,
    kind: 'state',
    sentence: () => '这个文件没有标明涉及未成年人，没有单独的保存期，随所附事项保管。',
  },
  'file.noPreview': {
    status: 422,
    kind: 'input',
    sentence: () => '这个文件不能在页面里查看，请下载后打开。',
  },
  'file.notDrawn': {
    status: 422,
    kind: 'input',
    sentence: () =>
      '这张图片无法读取：文件已损坏、不完整，或尺寸过大。上传单位可以下载原件核对，其他人请联系上传单位重新提供。',
  },
  'file.noDrawing': {
    status: 503,
    kind: 'fault',
    sentence: () =>
      '这台服务器没有装好绘图组件（sharp），图片不能在页面里显示，请下载后查看；请系统管理员重新运行 npm install。',
  },
  'file.previewBusy': {
    status: 429,
    kind: 'state',
    sentence: () => '同时查看的文件较多，这一份还没有准备好，请几秒后再打开。',
    retryAfter: 3,
  },
  'file.undoOver': {
    status: 409,
    kind: 'state',
    sentence: () => '已经过了可以撤销的时间，或不是您移除的；需要时请重新附上。',
  },
} as const;
