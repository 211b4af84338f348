import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Kbd } from "./Kbd";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className"> {
  variant?: "primary" | "plain" | "quiet" | "danger";
  icon?: ReactNode;
  shortcut?: string;
  tall?: boolean;
  wide?: boolean;
  testId?: string;
  className?: string;
  children?: ReactNode;
}

export function Button({ variant = "plain", icon, shortcut, tall, wide, testId, className, children, ...rest }: ButtonProps) {
  const classes = ["kw-btn", `kw-btn-${variant}`, tall ? "kw-btn-tall" : "", wide ? "kw-btn-wide" : "", className ?? ""];
  return (
    <AriaButton {...rest} data-testid={testId} className={classes.filter(Boolean).join(" ")}>
      {icon}
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </AriaButton>
  );
}
