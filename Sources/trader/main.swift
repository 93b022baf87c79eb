import TraderCLI
