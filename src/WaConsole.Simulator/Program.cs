Console.WriteLine("WaConsole");
