import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { dismissNotice, type Notice, type NoticeStore } from '../workspace/notice-store';
import { IconButton } from './button';

const ICONS = { error: CircleAlert, warning: TriangleAlert, success: CircleCheck } as const;
const SUCCESS_MILLISECONDS = 4000;

/** Notices in the corner. Good news leaves by itself; errors and warnings stay until they are closed. */
export function Toasts({ store }: { store: NoticeStore }) {
  const notices = useStore(store, (state) => state.notices);
  return (
    <div className="toasts" role="region" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} store={store} />
      ))}
    </div>
  );
}

function Toast({ notice, store }: { notice: Notice; store: NoticeStore }) {
  const Icon = ICONS[notice.kind];
  useEffect(() => {
    if (notice.kind !== 'success') return;
    const timer = window.setTimeout(() => dismissNotice(store, notice.id), SUCCESS_MILLISECONDS);
    return () => window.clearTimeout(timer);
  }, [notice, store]);
  return (
    <div className="toast" data-kind={notice.kind} role={notice.kind === 'error' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden />
      <div>
        <div className="toast-message">{notice.message}</div>
        {notice.hint ? <div className="toast-hint">{notice.hint}</div> : null}
      </div>
      <IconButton label="Dismiss" icon={<X size={14} />} onClick={() => dismissNotice(store, notice.id)} />
    </div>
  );
}
