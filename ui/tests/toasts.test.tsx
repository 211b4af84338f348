import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Dialog, Toasts, toast } from "../src/kit";

function Asking() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button onClick={() => setIsOpen(true)}>Ask</button>
      <Dialog title="Sure?" isOpen={isOpen} onClose={() => setIsOpen(false)} testId="asking">
        <button>Yes</button>
      </Dialog>
      <Toasts />
    </>
  );
}

describe("a short message beside a dialog", () => {
  it.each(["before", "after"])("that was said %s it opened is heard, and pressing it leaves the dialog open", async (said) => {
    const undo = vi.fn<() => void>();
    const user = userEvent.setup({ delay: null });
    render(<Asking />);
    const say = () => act(() => toast("Moved", { undo }));
    if (said === "before") say();
    await user.click(screen.getByRole("button", { name: "Ask" }));
    await screen.findByTestId("asking");
    if (said === "after") say();
    // By its role, which a dialog takes from what it hides.
    await user.click(screen.getByRole("button", { name: /Undo/ }));
    expect(undo).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByTestId("toast")).toBeNull());
    expect(screen.getByTestId("asking")).toBeTruthy();
  });
});
