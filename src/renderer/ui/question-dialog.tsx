import { useStore } from 'zustand';
import type { QuestionStore } from '../workspace/question-store';
import { Modal } from './modal';

/** The open question, if there is one. */
export function QuestionDialog({ store }: { store: QuestionStore }) {
  const question = useStore(store, (state) => state.question);
  if (!question) return null;
  return (
    <Modal title={question.title} description={question.text} onClose={() => question.answer(null)}>
      <div className="choice-list">
        {question.choices.map((choice) => (
          <button key={choice.value} type="button" className="choice" onClick={() => question.answer(choice.value)}>
            <span className="choice-label">{choice.label}</span>
            <span className="choice-description">{choice.description}</span>
          </button>
        ))}
      </div>
    </Modal>
  );
}
