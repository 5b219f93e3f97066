import { Tabs } from 'radix-ui';
import { useView } from '../session/studio-context';
import { Modal } from '../ui/modal';
import { AppearancePage } from './appearance-page';
import { KeysPage } from './keys-page';
import './preferences.css';

/** How the studio looks and which keys it hears: applied at once, kept on this machine. */
export function PreferencesDialog() {
  const page = useView((view) => view.openDialog);
  const update = useView((view) => view.update);
  return (
    <Modal title="Preferences" description="Kept on this computer, for every project." width="wide" onClose={() => update({ openDialog: null })}>
      <Tabs.Root value={page ?? 'preferences'} onValueChange={(next) => update({ openDialog: next === 'key-bindings' ? 'key-bindings' : 'preferences' })}>
        <Tabs.List className="segmented preferences-tabs" aria-label="Pages">
          <Tabs.Trigger value="preferences">Appearance</Tabs.Trigger>
          <Tabs.Trigger value="key-bindings">Keys</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="preferences" tabIndex={-1}>
          <AppearancePage />
        </Tabs.Content>
        <Tabs.Content value="key-bindings" tabIndex={-1}>
          <KeysPage />
        </Tabs.Content>
      </Tabs.Root>
    </Modal>
  );
}
