// The background: wires the queue, the menus and the messages.
